#include "registry/types/date_time.h"

#include <algorithm>

#include "absl/time/civil_time.h"

namespace registry {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Takes `count` digits and, unless it is 0, the character behind them from the front of `text`.
std::optional<int> TakeNumber(std::string_view& text, size_t count, char behind) {
  if (text.size() < count + (behind != 0)) return std::nullopt;
  int number = 0;
  for (char c : text.substr(0, count)) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + (c - '0');
  }
  if (behind != 0 && text[count] != behind) return std::nullopt;
  text.remove_prefix(count + (behind != 0));
  return number;
}

// ".678" and the like, if there; false if the point is all there is.
bool TakeFraction(std::string_view& text, absl::Duration* fraction) {
  if (!text.starts_with('.')) return true;
  text.remove_prefix(1);
  absl::Duration unit = absl::Milliseconds(100);
  size_t digits = 0;
  for (; digits < text.size() && IsDigit(text[digits]); ++digits, unit /= 10) {
    if (digits < 3) *fraction += unit * (text[digits] - '0');
  }
  text.remove_prefix(digits);
  return digits > 0;
}

// What to subtract from the local time. The zone is all that is left of `text`.
std::optional<absl::Duration> ParseZone(std::string_view text) {
  if (text.empty() || text == "Z") return absl::ZeroDuration();
  const int sign = text[0] == '+' ? 1 : text[0] == '-' ? -1 : 0;
  text.remove_prefix(1);  // what is left is a time of day
  const std::optional<int> hours = TakeNumber(text, 2, ':'), minutes = TakeNumber(text, 2, 0);
  if (sign == 0 || !hours || !minutes || !text.empty()) return std::nullopt;
  if (*minutes > 59 || *hours * 60 + *minutes > 14 * 60) return std::nullopt;
  return sign * (absl::Hours(*hours) + absl::Minutes(*minutes));
}

}  // namespace

std::optional<absl::Time> ParseDateTime(std::string_view text) {
  const auto year = TakeNumber(text, 4, '-'), month = TakeNumber(text, 2, '-'),
             day = TakeNumber(text, 2, 'T'), hour = TakeNumber(text, 2, ':'),
             minute = TakeNumber(text, 2, ':'), second = TakeNumber(text, 2, 0);
  if (!year || !month || !day || !hour || !minute || !second || *year == 0) return std::nullopt;
  const absl::CivilSecond civil(*year, *month, *day, *hour, *minute, *second);
  // It normalises what is no date or no time of day.
  if (civil.month() != *month || civil.day() != *day || civil.hour() != *hour ||
      civil.minute() != *minute || civil.second() != *second) {
    return std::nullopt;
  }
  absl::Duration fraction;
  if (!TakeFraction(text, &fraction)) return std::nullopt;
  const std::optional<absl::Duration> zone = ParseZone(text);
  if (!zone) return std::nullopt;
  const absl::Time time = absl::FromCivil(civil, absl::UTCTimeZone()) + fraction - *zone;
  if (time < absl::FromCivil(absl::CivilYear(1), absl::UTCTimeZone()) ||
      time >= absl::FromCivil(absl::CivilYear(10000), absl::UTCTimeZone())) {
    return std::nullopt;
  }
  return time;
}

}  // namespace registry
