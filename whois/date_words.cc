#include "whois/date_words.h"

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/time/civil_time.h"
#include "registry/base/text.h"

namespace whois {
namespace {

using registry::Concat;

constexpr std::array<std::string_view, 12> kMonths = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December"};

std::string TwoDigits(int number) { return Concat(number < 10 ? "0" : "", number); }

std::string Count(int64_t number, std::string_view unit) {
  return Concat(number, " ", unit, number == 1 ? "" : "s");
}

// Whole months: from 31 January to 28 February is none.
int64_t MonthsBetween(absl::CivilSecond earlier, absl::CivilSecond later) {
  int64_t months = absl::CivilMonth(later) - absl::CivilMonth(earlier);
  const absl::CivilSecond in_last_month(later.year(), later.month(), earlier.day(), earlier.hour(),
                                        earlier.minute(), earlier.second());
  if (later < in_last_month) --months;
  return months;
}

}  // namespace

std::string DateWords(absl::Time time) {
  const absl::CivilSecond civil = absl::ToCivilSecond(time, absl::UTCTimeZone());
  return Concat(civil.day(), " ", kMonths[static_cast<size_t>(civil.month() - 1)], " ",
                civil.year(), ", ", TwoDigits(civil.hour()), ":", TwoDigits(civil.minute()),
                " UTC");
}

std::string SpanWords(absl::Time earlier, absl::Time later) {
  constexpr int64_t kMonthsOfTwoYears = 24;
  const int64_t months = MonthsBetween(absl::ToCivilSecond(earlier, absl::UTCTimeZone()),
                                       absl::ToCivilSecond(later, absl::UTCTimeZone()));
  if (months >= kMonthsOfTwoYears) return Count(months / 12, "year");
  if (months >= 2) return Count(months, "month");
  const absl::Duration span = later - earlier;
  if (span >= absl::Hours(48)) return Count(span / absl::Hours(24), "day");
  if (span >= absl::Hours(1)) return Count(span / absl::Hours(1), "hour");
  if (span >= absl::Minutes(1)) return Count(span / absl::Minutes(1), "minute");
  return "a moment";
}

std::string RelativeWords(absl::Time time, absl::Time now) {
  if (time > now) return Concat("in ", SpanWords(now, time));
  return Concat(SpanWords(time, now), " ago");
}

}  // namespace whois
