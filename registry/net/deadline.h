#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>

#include "absl/functional/any_invocable.h"
#include "absl/time/time.h"

namespace registry::net {

// The one deadline of a connection, moved before every operation. Moving it later costs nothing:
// the timer that is already running looks again when it fires. Everything happens on the
// connection's thread.
class Deadline {
 public:
  // `expired` ends the pending operation, for example by cancelling the socket. Since an operation
  // of several steps may miss one cancellation between two steps, it is called again ten times a
  // second until the deadline is moved or cleared.
  Deadline(boost::asio::any_io_executor executor, absl::AnyInvocable<void()> expired);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  // From now on. InfiniteDuration: none.
  void SetAfter(absl::Duration timeout);
  void Clear();
  // Was it missed since it was last set?
  bool missed() const { return state_->missed; }

 private:
  using TimePoint = std::chrono::steady_clock::time_point;
  struct State {
    State(boost::asio::any_io_executor executor, absl::AnyInvocable<void()> on_expired)
        : timer(std::move(executor)), expired(std::move(on_expired)) {}
    boost::asio::steady_timer timer;
    absl::AnyInvocable<void()> expired;
    TimePoint due = TimePoint::max();
    TimePoint wakes = TimePoint::max();  // when the timer will fire
    bool missed = false;
    bool alive = true;
  };
  static void Wait(const std::shared_ptr<State>& state, TimePoint until);
  static void Wake(const std::shared_ptr<State>& state);

  std::shared_ptr<State> state_;  // the timer's handler may outlive us by one turn
};

}  // namespace registry::net
