#pragma once

#include <deque>
#include <optional>

#include "bench/load/instant.h"

namespace bench {

// Which sessions are to connect, and when: few at a time, and again after a pause if that fails. A
// failed attempt holds its place during the pause, so that a server that is down is not flooded.
class Connector {
 public:
  static constexpr int kAtOnce = 64;
  static constexpr Clock::duration kPause = std::chrono::milliseconds(250);

  // The session is not connected.
  void Want(int session) { waiting_.push_back(session); }
  // The session that is to connect now, if any.
  std::optional<int> Start(Instant now);
  // What became of it.
  void Succeeded() { --busy_; }
  void Failed(int session, Instant now) { pausing_.push_back({now + kPause, session}); }

  // When Start has something new to say even if nothing succeeds.
  Instant NextDue() const;

 private:
  struct Pause {
    Instant ends;
    int session;
  };
  std::deque<int> waiting_;
  std::deque<Pause> pausing_;  // by end
  int busy_ = 0;               // connecting or pausing
};

}  // namespace bench
