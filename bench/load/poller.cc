#include "bench/load/poller.h"

#include <unistd.h>

#include <algorithm>

namespace bench {
namespace {

epoll_event Event(uint32_t number, uint32_t events) {
  epoll_event event{};
  event.events = events;
  event.data.u32 = number;
  return event;
}

timespec Until(Instant until) {
  const auto left = std::clamp<Clock::duration>(until - Clock::now(), Clock::duration::zero(),
                                                std::chrono::seconds(1));
  const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
  return {seconds.count(), std::chrono::nanoseconds(left - seconds).count()};
}

}  // namespace

Poller::Poller() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

Poller::~Poller() { close(epoll_); }

void Poller::Add(int fd, uint32_t number, uint32_t events) {
  epoll_event event = Event(number, events);
  epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event);
}

void Poller::Change(int fd, uint32_t number, uint32_t events) {
  epoll_event event = Event(number, events);
  epoll_ctl(epoll_, EPOLL_CTL_MOD, fd, &event);
}

std::span<const epoll_event> Poller::Wait(Instant until) {
  // In nanoseconds: a schedule of thousands a second does not go by milliseconds.
  const timespec timeout = Until(until);
  const int count =
      epoll_pwait2(epoll_, events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
  return {events_.data(), static_cast<size_t>(std::max(count, 0))};
}

}  // namespace bench
