#include "registry/net/deadline.h"

#include <utility>

namespace registry::net {
namespace {

using Clock = std::chrono::steady_clock;

// Longer spans than this cannot be told from "never".
constexpr absl::Duration kFar = absl::Hours(24 * 365);

}  // namespace

Deadline::Deadline(boost::asio::any_io_executor executor, absl::AnyInvocable<void()> expired)
    : state_(std::make_shared<State>(std::move(executor), std::move(expired))) {}

Deadline::~Deadline() {
  state_->alive = false;
  state_->timer.cancel();
}

void Deadline::SetAfter(absl::Duration timeout) {
  state_->missed = false;
  if (timeout >= kFar) {
    state_->due = TimePoint::max();
    return;
  }
  state_->due = Clock::now() + absl::ToChronoNanoseconds(timeout);
  if (state_->due < state_->wakes) Wait(state_, state_->due);
}

void Deadline::Clear() {
  state_->missed = false;
  state_->due = TimePoint::max();
}

void Deadline::Wait(const std::shared_ptr<State>& state, TimePoint until) {
  state->wakes = until;
  state->timer.expires_at(until);  // cancels the wait that was pending
  state->timer.async_wait([state](boost::system::error_code error) {
    if (!error && state->alive) Wake(state);
  });
}

void Deadline::Wake(const std::shared_ptr<State>& state) {
  state->wakes = TimePoint::max();
  if (state->due == TimePoint::max()) return;
  const TimePoint now = Clock::now();
  if (state->due > now) return Wait(state, state->due);
  state->missed = true;
  state->expired();
  if (state->due <= now) Wait(state, now + std::chrono::milliseconds(100));
}

}  // namespace registry::net
