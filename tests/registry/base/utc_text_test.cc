#include "registry/base/utc_text.h"

#include <gtest/gtest.h>

namespace registry {
namespace {

absl::Time Utc(std::string text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

TEST(UtcTextTest, AgreesWithAbseil) {
  const absl::TimeZone utc = absl::UTCTimeZone();
  for (absl::Time time :
       {absl::UnixEpoch(), absl::UnixEpoch() - absl::Milliseconds(1),
        absl::FromCivil(absl::CivilSecond(0, 1, 1), utc),
        absl::FromCivil(absl::CivilSecond(9999, 12, 31, 23, 59, 59), utc) + absl::Milliseconds(999),
        absl::FromCivil(absl::CivilSecond(10000, 1, 1), utc),
        absl::FromCivil(absl::CivilSecond(-1, 1, 1), utc),
        absl::FromCivil(absl::CivilSecond(1000, 1, 1), utc),
        absl::FromCivil(absl::CivilSecond(1000, 1, 1), utc) - absl::Milliseconds(1),
        absl::FromCivil(absl::CivilSecond(2028, 2, 29, 12, 30, 5), utc) + absl::Microseconds(99999),
        absl::InfiniteFuture(), absl::InfinitePast()}) {
    EXPECT_EQ(FormatUtc(time), absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, utc));
  }
}

TEST(UtcTextTest, AlwaysShowsMilliseconds) {
  EXPECT_EQ(FormatUtc(Utc("2026-01-02T03:04:05.678Z")), "2026-01-02T03:04:05.678Z");
  EXPECT_EQ(FormatUtc(Utc("2026-01-02T03:04:05Z")), "2026-01-02T03:04:05.000Z");
  EXPECT_EQ(FormatUtc(Utc("2026-01-02T03:04:05.6789Z")), "2026-01-02T03:04:05.678Z");
  EXPECT_EQ(FormatUtc(Utc("2026-01-02T05:04:05+02:00")), "2026-01-02T03:04:05.000Z");
}

TEST(UtcTextTest, AgreesWithAbseilOverEightCenturies) {
  absl::Time time = absl::FromUnixMillis(-12'600'000'000'123);
  for (int i = 0; i < 40000; ++i, time += absl::Hours(177) + absl::Milliseconds(7919)) {
    ASSERT_EQ(FormatUtc(time), absl::FormatTime("%Y-%m-%dT%H:%M:%E3SZ", time, absl::UTCTimeZone()));
  }
}

}  // namespace
}  // namespace registry
