#pragma once

#include <atomic>

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace registry {

// The time of the registry. Thread-safe. Only executables own one; below them `now` is a parameter.
class Clock {
 public:
  virtual ~Clock() = default;
  // UTC, rounded down to whole milliseconds, so that memory, database and XML agree.
  virtual absl::Time Now() const = 0;
};

// The system's time plus an offset, which is zero except in a sandbox (Registry::clock_offset).
class SystemClock : public Clock {
 public:
  absl::Time Now() const override;
  void SetOffset(absl::Duration offset);

 private:
  std::atomic<int64_t> offset_ms_{0};
};

}  // namespace registry
