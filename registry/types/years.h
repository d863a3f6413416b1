#pragma once

#include <string>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "registry/base/outcome.h"

namespace registry {

// A registration period, 1 to 10.
class Years {
 public:
  static Outcome<Years> Of(int64_t count);  // kPeriodRange
  explicit Years(int literal);              // aborts outside 1 to 10
  Years() = default;                        // one year
  int count() const { return count_; }
  friend auto operator<=>(const Years&, const Years&) = default;

 private:
  int count_ = 1;
};

// The same day and time of day, so many years on, in UTC; 29 February becomes 28 February where the
// year has none. The one place that knows.
absl::Time AddYears(absl::Time from, int years);
inline absl::Time AddYears(absl::Time from, Years years) { return AddYears(from, years.count()); }

bool IsLeapDay(absl::Time time);  // 29 February in UTC
// What AddYears(x, years) was made of, x having been a leap day or not.
absl::Time SubtractYears(absl::Time from, int years, bool from_leap_day);

absl::CivilDay UtcDay(absl::Time time);

}  // namespace registry
