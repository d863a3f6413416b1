#pragma once

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"
#include "registry/base/clock.h"

namespace tests {

// A clock that stands still until it is moved. Whole milliseconds, like the real one. Thread-safe.
class FakeClock : public registry::Clock {
 public:
  // 2026-01-02T03:04:05.678Z, so that a forgotten fraction of a second shows.
  FakeClock() : FakeClock(absl::FromUnixMillis(1767323045678)) {}
  explicit FakeClock(absl::Time start) { SetTime(start); }

  absl::Time Now() const override { return absl::FromUnixMillis(milliseconds_.load()); }
  void SetTime(absl::Time now) { milliseconds_.store(absl::ToUnixMillis(now)); }
  void Advance(absl::Duration step) { milliseconds_.fetch_add(absl::ToInt64Milliseconds(step)); }

 private:
  std::atomic<int64_t> milliseconds_{0};
};

}  // namespace tests
