#include "registry/base/utc_text.h"

#include <cstdint>

namespace registry {
namespace {

constexpr int64_t kDayMs = 86'400'000;

struct Date {
  int64_t year;
  int month, day;
};

// The proleptic Gregorian calendar, by years that begin in March: the leap day is then the last of
// its year, and months have lengths that one line gives. `days` since 1 January 1970.
Date DateOf(int64_t days) {
  constexpr int64_t kEraDays = 146'097;  // 400 years
  constexpr int64_t kFromMarchOfYear0 = 719'468;
  const int64_t shifted = days + kFromMarchOfYear0;
  const int64_t era = (shifted >= 0 ? shifted : shifted - kEraDays + 1) / kEraDays;
  const int64_t day = shifted - era * kEraDays;
  const int64_t year = (day - day / 1460 + day / 36'524 - day / 146'096) / 365;
  const int64_t day_of_year = day - (365 * year + year / 4 - year / 100);
  const int64_t month = (5 * day_of_year + 2) / 153;  // 0: March
  const int64_t day_of_month = day_of_year - (153 * month + 2) / 5 + 1;
  const bool next_year = month >= 10;
  return {year + era * 400 + (next_year ? 1 : 0),
          static_cast<int>(next_year ? month - 9 : month + 3), static_cast<int>(day_of_month)};
}

// Right-aligned in what ends at `end`, with zeros before it.
void PutDigits(int64_t value, int width, char* end) {
  for (; width > 0; --width, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

// Several times in every answer, log line and row of history, so that absl::FormatTime and
// absl::ToCivilSecond show in profiles of a renewal.
std::string FormatUtc(absl::Time time) {
  static const absl::Time kFirst = absl::FromUnixSeconds(-30'610'224'000);  // of the year 1000
  static const absl::Time kEnd = absl::FromUnixSeconds(253'402'300'800);    // of the year 10000
  if (time < kFirst || time >= kEnd) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
  }
  const int64_t ms = absl::ToUnixMillis(time);
  const int64_t days = (ms >= 0 ? ms : ms - kDayMs + 1) / kDayMs;
  const Date date = DateOf(days);
  const int64_t of_day = ms - days * kDayMs;
  std::string text = "0000-00-00T00:00:00.000Z";
  PutDigits(date.year, 4, &text[4]);
  PutDigits(date.month, 2, &text[7]);
  PutDigits(date.day, 2, &text[10]);
  PutDigits(of_day / 3'600'000, 2, &text[13]);
  PutDigits(of_day / 60'000 % 60, 2, &text[16]);
  PutDigits(of_day / 1000 % 60, 2, &text[19]);
  PutDigits(of_day % 1000, 3, &text[23]);
  return text;
}

}  // namespace registry
