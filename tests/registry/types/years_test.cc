#include "registry/types/years.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

absl::Time Utc(std::string text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime(absl::RFC3339_full, text, &time, &error)) << error;
  return time;
}

TEST(YearsTest, AreOneToTen) {
  for (int64_t bad : {INT64_MIN, int64_t{-1}, int64_t{0}, int64_t{11}, int64_t{99}, INT64_MAX}) {
    EXPECT_EQ(Years::Of(bad).rejection().reason.id, kPeriodRange.id) << bad;
  }
  for (int good = 1; good <= 10; ++good) EXPECT_EQ(Years::Of(good)->count(), good);
  EXPECT_EQ(Years().count(), 1);
  EXPECT_LT(Years(2), Years(10));
}

TEST(YearsTest, KeepDayAndTimeOfDay) {
  EXPECT_EQ(AddYears(Utc("2026-01-02T03:04:05.678Z"), Years(10)), Utc("2036-01-02T03:04:05.678Z"));
  EXPECT_EQ(AddYears(Utc("2023-12-31T23:59:59.999Z"), 1), Utc("2024-12-31T23:59:59.999Z"));
  EXPECT_EQ(AddYears(Utc("2024-03-01T00:00:00Z"), 1), Utc("2025-03-01T00:00:00Z"));
}

TEST(YearsTest, TurnLeapDaysInto28February) {
  EXPECT_EQ(AddYears(Utc("2024-02-29T12:00:00.001Z"), 1), Utc("2025-02-28T12:00:00.001Z"));
  EXPECT_EQ(AddYears(Utc("2024-02-29T12:00:00Z"), 4), Utc("2028-02-29T12:00:00Z"));
  EXPECT_EQ(AddYears(Utc("2096-02-29T12:00:00Z"), 4), Utc("2100-02-28T12:00:00Z"));
  EXPECT_EQ(AddYears(Utc("2023-02-28T12:00:00Z"), 1), Utc("2024-02-28T12:00:00Z"));
}

TEST(YearsTest, AddOneByOneWhatTheyAddAtOnceExceptAcrossALeapDay) {
  absl::Time time = Utc("2024-02-29T00:00:00Z");
  for (int i = 0; i < 4; ++i) time = AddYears(time, 1);
  EXPECT_EQ(time, Utc("2028-02-28T00:00:00Z"));
}

TEST(YearsTest, AreTakenBackToTheLeapDayTheyWereAddedTo) {
  for (const std::string day : {"2024-02-28", "2024-02-29", "2024-03-01", "2023-02-28"}) {
    const absl::Time before = Utc(day + "T12:00:00.001Z");
    for (int years = 0; years <= 10; ++years) {
      EXPECT_EQ(SubtractYears(AddYears(before, years), years, IsLeapDay(before)), before)
          << day << " " << years;
    }
  }
  EXPECT_EQ(SubtractYears(Utc("2025-02-28T12:00:00Z"), 1, false), Utc("2024-02-28T12:00:00Z"));
}

TEST(YearsTest, KnowLeapDaysInUtc) {
  EXPECT_TRUE(IsLeapDay(Utc("2024-02-29T23:59:59.999Z")));
  EXPECT_FALSE(IsLeapDay(Utc("2024-02-28T23:59:59.999Z")));
  EXPECT_FALSE(IsLeapDay(Utc("2024-03-29T00:00:00Z")));
}

TEST(YearsTest, LeaveForeverAlone) {
  EXPECT_EQ(AddYears(absl::InfiniteFuture(), 1), absl::InfiniteFuture());
}

TEST(UtcDayTest, EndsAtMidnightUtc) {
  EXPECT_EQ(UtcDay(Utc("2026-01-02T23:59:59.999Z")), absl::CivilDay(2026, 1, 2));
  EXPECT_EQ(UtcDay(Utc("2026-01-02T23:59:59.999-01:00")), absl::CivilDay(2026, 1, 3));
}

TEST(YearsDeathTest, AbortOutsideOneToTen) {
  EXPECT_DEATH(Years(0), "check failed");
  EXPECT_DEATH(Years(11), "check failed");
}

}  // namespace
}  // namespace registry
