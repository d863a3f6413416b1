#include "whois/date_words.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace whois {
namespace {

using registry::At;

TEST(DateWordsTest, SaysDatesAsPeopleDo) {
  EXPECT_EQ(DateWords(At("2026-01-02T03:04:05.678Z")), "2 January 2026, 03:04 UTC");
  EXPECT_EQ(DateWords(At("2031-12-31T23:59:59Z")), "31 December 2031, 23:59 UTC");
}

TEST(DateWordsTest, SaysSpansInTheLargestSensibleUnit) {
  const auto span = [](std::string_view earlier, std::string_view later) {
    return SpanWords(At(earlier), At(later));
  };
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-01-01T00:00:59Z"), "a moment");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-01-01T00:01:00Z"), "1 minute");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-01-01T00:59:59Z"), "59 minutes");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-01-02T23:59:59Z"), "47 hours");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-01-03T00:00:00Z"), "2 days");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-02-28T23:59:59Z"), "58 days");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z"), "2 months");
  EXPECT_EQ(span("2025-12-31T00:00:00Z", "2026-02-28T23:00:00Z"), "59 days");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2027-12-31T00:00:00Z"), "23 months");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2028-01-01T00:00:00Z"), "2 years");
  EXPECT_EQ(span("2026-01-01T00:00:00Z", "2036-12-31T00:00:00Z"), "10 years");
}

TEST(DateWordsTest, SaysWhetherItIsToComeOrPast) {
  const absl::Time now = At("2026-01-02T03:04:05Z");
  EXPECT_EQ(RelativeWords(At("2026-04-02T03:04:05Z"), now), "in 3 months");
  EXPECT_EQ(RelativeWords(At("2001-03-04T05:06:07Z"), now), "24 years ago");
  EXPECT_EQ(RelativeWords(now, now), "a moment ago");
}

}  // namespace
}  // namespace whois
