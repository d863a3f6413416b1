#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "absl/time/time.h"

namespace registry::net {

// Calls a function again and again, in a thread of its own, so that the program hears signals
// meanwhile. The first call comes at once, each further one `interval` after the beginning of the
// last, or when that has ended if it took longer.
class Rounds {
 public:
  using Round = std::function<void(const std::stop_token& stop)>;

  Rounds(absl::Duration interval, Round round);
  ~Rounds();  // as Stop

  // The next round comes now. Thread-safe.
  void Wake();
  // Asks the round that is under way to stop, and waits for it.
  void Stop();

 private:
  void Run(const std::stop_token& stop);

  const absl::Duration interval_;
  const Round round_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool woken_ = false;   // guarded by mutex_
  std::jthread thread_;  // last, since it uses the others
};

}  // namespace registry::net
