#include "registry/types/years.h"

#include "registry/types/reasons.h"

namespace registry {
namespace {

constexpr int kLongest = 10;

}  // namespace

Outcome<Years> Years::Of(int64_t count) {
  if (count < 1 || count > kLongest) return Reject(kPeriodRange);
  Years years;
  years.count_ = static_cast<int>(count);
  return years;
}

Years::Years(int literal) : count_(literal) { POSTEL_CHECK(literal >= 1 && literal <= kLongest); }

absl::Time AddYears(absl::Time from, int years) {
  if (from == absl::InfiniteFuture() || from == absl::InfinitePast()) return from;
  const absl::CivilSecond civil = absl::ToCivilSecond(from, absl::UTCTimeZone());
  const absl::Duration fraction = from - absl::FromCivil(civil, absl::UTCTimeZone());
  absl::CivilSecond moved(civil.year() + years, civil.month(), civil.day(), civil.hour(),
                          civil.minute(), civil.second());
  if (moved.month() != civil.month()) moved -= 24 * 60 * 60;  // 1 March, for want of 29 February
  return absl::FromCivil(moved, absl::UTCTimeZone()) + fraction;
}

bool IsLeapDay(absl::Time time) {
  const absl::CivilDay day = UtcDay(time);
  return day.month() == 2 && day.day() == 29;
}

absl::Time SubtractYears(absl::Time from, int years, bool from_leap_day) {
  const absl::Time before = AddYears(from, -years);
  const absl::Time next_day = before + absl::Hours(24);
  return from_leap_day && IsLeapDay(next_day) ? next_day : before;
}

absl::CivilDay UtcDay(absl::Time time) { return absl::ToCivilDay(time, absl::UTCTimeZone()); }

}  // namespace registry
