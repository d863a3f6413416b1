#pragma once

#include <sys/epoll.h>

#include <array>
#include <cstdint>
#include <span>

#include "bench/load/instant.h"

namespace bench {

// epoll, level-triggered, for descriptors that have a number. A closed descriptor removes itself.
class Poller {
 public:
  Poller();
  ~Poller();
  Poller(const Poller&) = delete;
  Poller& operator=(const Poller&) = delete;

  void Add(int fd, uint32_t number, uint32_t events);
  void Change(int fd, uint32_t number, uint32_t events);
  // What is ready at `until` at the latest; data.u32 is the number.
  std::span<const epoll_event> Wait(Instant until);

 private:
  int epoll_;
  std::array<epoll_event, 256> events_;
};

}  // namespace bench
