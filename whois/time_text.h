#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "absl/time/time.h"

namespace whois {

// RFC 3339 in UTC with whole seconds: "2026-01-02T03:04:05Z". Years 0 to 9999, others as the
// nearest of these. Every answer has several: as fast as it can be.
inline std::string TimeText(absl::Time time) {
  namespace chrono = std::chrono;
  using Seconds = chrono::sys_seconds;
  constexpr Seconds kFirst = chrono::sys_days(chrono::year(0) / 1 / 1);
  constexpr Seconds kLast = chrono::sys_days(chrono::year(10000) / 1 / 1) - chrono::seconds(1);
  const Seconds at = std::clamp(Seconds(chrono::seconds(absl::ToUnixSeconds(time))), kFirst, kLast);
  const auto day = chrono::floor<chrono::days>(at);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(at - day);
  std::string text(20, '\0');
  const auto put = [&](size_t position, unsigned value, size_t digits, char behind) {
    for (size_t i = digits; i > 0; value /= 10) {
      text[position + --i] = static_cast<char>('0' + value % 10);
    }
    text[position + digits] = behind;
  };
  put(0, static_cast<unsigned>(static_cast<int>(date.year())), 4, '-');
  put(5, static_cast<unsigned>(date.month()), 2, '-');
  put(8, static_cast<unsigned>(date.day()), 2, 'T');
  put(11, static_cast<unsigned>(clock.hours().count()), 2, ':');
  put(14, static_cast<unsigned>(clock.minutes().count()), 2, ':');
  put(17, static_cast<unsigned>(clock.seconds().count()), 2, 'Z');
  return text;
}

}  // namespace whois
