#include "bench/load/schedule.h"

namespace bench {

Instant Schedule::At(int64_t number) const {
  // Counted from the start each time, so that roundings do not add up.
  const double nanoseconds = static_cast<double>(number) * 1e9 / rate_;
  return start_ + std::chrono::nanoseconds(static_cast<int64_t>(nanoseconds));
}

Instant Schedule::Take(Instant now) {
  if (closed()) return now;
  const Instant due = next_;
  next_ = At(++taken_);
  return due;
}

int64_t Schedule::DueBefore(Instant end) const {
  if (closed() || end <= start_) return 0;
  int64_t number =
      static_cast<int64_t>(std::chrono::duration<double>(end - start_).count() * rate_);
  while (At(number) < end) ++number;
  while (number > 0 && At(number - 1) >= end) --number;
  return number;
}

}  // namespace bench
