#include "registry/base/utc_text.h"

#include <cstdint>

namespace registry {
namespace {

// Right-aligned in what ends at `end`, with zeros before it.
void PutDigits(int64_t value, int width, char* end) {
  for (; width > 0; --width, value /= 10) *--end = static_cast<char>('0' + value % 10);
}

}  // namespace

// Several times in every answer and log line: absl::FormatTime takes ten times as long.
std::string FormatUtc(absl::Time time) {
  const absl::CivilSecond civil = absl::ToCivilSecond(time, absl::UTCTimeZone());
  if (civil.year() < 1000 || civil.year() > 9999) {
    return absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone());
  }
  const int64_t ms = absl::ToUnixMillis(time);
  std::string text = "0000-00-00T00:00:00.000Z";
  PutDigits(civil.year(), 4, &text[4]);
  PutDigits(civil.month(), 2, &text[7]);
  PutDigits(civil.day(), 2, &text[10]);
  PutDigits(civil.hour(), 2, &text[13]);
  PutDigits(civil.minute(), 2, &text[16]);
  PutDigits(civil.second(), 2, &text[19]);
  PutDigits((ms % 1000 + 1000) % 1000, 3, &text[23]);
  return text;
}

}  // namespace registry
