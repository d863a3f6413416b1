#include "zonegen/shrink_limit.h"

#include <gtest/gtest.h>

namespace zonegen {
namespace {

TEST(ShrinkLimitTest, RefusesWhatExceedsBothThePercentageAndTheNumber) {
  const ShrinkLimit limit{10, 100};
  EXPECT_TRUE(CheckShrink(10'000, 9'000, limit).ok());
  EXPECT_EQ(CheckShrink(10'000, 8'999, limit).code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(CheckShrink(10'000, 0, limit).code(), absl::StatusCode::kFailedPrecondition);
}

TEST(ShrinkLimitTest, LetsSmallZonesEmpty) {
  const ShrinkLimit limit{10, 100};
  EXPECT_TRUE(CheckShrink(100, 0, limit).ok());
  EXPECT_FALSE(CheckShrink(101, 0, limit).ok());
}

TEST(ShrinkLimitTest, LetsZonesGrowAndStay) {
  const ShrinkLimit strict{0, 0};
  EXPECT_TRUE(CheckShrink(5, 5, strict).ok());
  EXPECT_TRUE(CheckShrink(5, 500, strict).ok());
  EXPECT_FALSE(CheckShrink(5, 4, strict).ok());
}

TEST(ShrinkLimitTest, AllowsEverythingAtAHundredPercent) {
  EXPECT_TRUE(CheckShrink(10'000'000, 0, ShrinkLimit{100, 0}).ok());
}

TEST(ShrinkLimitTest, SaysTheNumbers) {
  const std::string message(CheckShrink(1000, 5, ShrinkLimit{10, 100}).message());
  EXPECT_NE(message.find("from 1000 to 5"), std::string::npos) << message;
}

}  // namespace
}  // namespace zonegen
