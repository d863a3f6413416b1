#pragma once

#include <chrono>

namespace bench {

// Steps of the calendar's clock must not show in latencies.
using Clock = std::chrono::steady_clock;
using Instant = Clock::time_point;

inline double Milliseconds(Clock::duration span) {
  return std::chrono::duration<double, std::milli>(span).count();
}

}  // namespace bench
