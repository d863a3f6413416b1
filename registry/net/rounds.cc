#include "registry/net/rounds.h"

#include <chrono>
#include <utility>

namespace registry::net {

Rounds::Rounds(absl::Duration interval, Round round)
    : interval_(interval),
      round_(std::move(round)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

Rounds::~Rounds() { Stop(); }

void Rounds::Wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  wake_.notify_all();
}

void Rounds::Stop() {
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
}

void Rounds::Run(const std::stop_token& stop) {
  using Clock = std::chrono::steady_clock;
  const auto interval =
      std::chrono::duration_cast<Clock::duration>(absl::ToChronoNanoseconds(interval_));
  while (!stop.stop_requested()) {
    const Clock::time_point next = Clock::now() + interval;
    round_(stop);
    std::unique_lock lock(mutex_);
    wake_.wait_until(lock, stop, next, [this] { return woken_; });
    woken_ = false;
  }
}

}  // namespace registry::net
