#include "zonegen/change_limits.h"

#include <gmock/gmock.h>

namespace zonegen {
namespace {

using testing::HasSubstr;

class ChangeLimitsTest : public testing::Test {
 protected:
  ChangeLimitsTest() {
    limits_.shrink.fill({10, 100});
    limits_.growth.fill({50, 1000});
  }
  absl::Status Check(Counted what, int64_t from, int64_t to) const {
    ZoneCounts published, generated;
    published.numbers.fill(500);
    generated.numbers.fill(500);
    published[what] = from;
    generated[what] = to;
    return CheckChange(published, generated, limits_);
  }
  ChangeLimits limits_;
};

TEST_F(ChangeLimitsTest, RefusesWhatExceedsBothTheShareAndTheNumberOfEachType) {
  for (size_t i = 0; i < kCountedNames.size(); ++i) {
    const auto what = static_cast<Counted>(i);
    EXPECT_TRUE(Check(what, 10'000, 9'000).ok());
    const absl::Status shrunk = Check(what, 10'000, 8'999);
    EXPECT_EQ(shrunk.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(std::string(shrunk.message()),
              std::string(kCountedNames[i]) +
                  " would shrink from 10000 to 8999, by more than 10% and 100");
    EXPECT_FALSE(Check(what, 10'000, 0).ok());
    EXPECT_TRUE(Check(what, 10'000, 15'000).ok());
    const absl::Status grown = Check(what, 10'000, 15'001);
    EXPECT_EQ(grown.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(grown.message()),
                HasSubstr(" would grow from 10000 to 15001, by more than 50% and 1000"));
  }
}

TEST_F(ChangeLimitsTest, LetsSmallZonesEmptyAndFill) {
  EXPECT_TRUE(Check(Counted::kDs, 100, 0).ok());
  EXPECT_FALSE(Check(Counted::kDs, 101, 0).ok());
  EXPECT_TRUE(Check(Counted::kDs, 0, 1000).ok());
  EXPECT_FALSE(Check(Counted::kDs, 0, 1001).ok());
}

TEST_F(ChangeLimitsTest, SaysAllThatChangedTooMuch) {
  ZoneCounts published, generated;
  published.numbers.fill(5000);
  const std::string message(CheckChange(published, generated, limits_).message());
  for (const std::string_view name : kCountedNames) {
    EXPECT_THAT(message, HasSubstr(std::string(name) + " would shrink from 5000 to 0"));
  }
}

TEST_F(ChangeLimitsTest, AllowsEverythingAtItsEnds) {
  limits_.shrink.fill({100, 0});
  limits_.growth.fill({0, ChangeLimits::kMostNumber});
  EXPECT_TRUE(Check(Counted::kNs, 10'000'000, 0).ok());
  EXPECT_TRUE(Check(Counted::kNs, 0, 10'000'000).ok());
}

TEST_F(ChangeLimitsTest, HoldsForTheLargestNumbers) {
  limits_.growth.fill({ChangeLimits::kMostPercent, 0});
  EXPECT_FALSE(Check(Counted::kNs, 0, kMostCounted).ok());
  EXPECT_TRUE(Check(Counted::kNs, kMostCounted, kMostCounted).ok());
  EXPECT_FALSE(Check(Counted::kNs, kMostCounted, 0).ok());
}

TEST_F(ChangeLimitsTest, IsReadFromText) {
  ASSERT_TRUE(TakeLimit("all 7% 70", 100, limits_.shrink).ok());
  ASSERT_TRUE(TakeLimit("  ds  100%  1000000000 ", 100, limits_.shrink).ok());
  EXPECT_EQ(limits_.shrink[static_cast<size_t>(Counted::kNs)].percent, 7);
  EXPECT_EQ(limits_.shrink[static_cast<size_t>(Counted::kNs)].number, 70);
  EXPECT_EQ(limits_.shrink[static_cast<size_t>(Counted::kDs)].percent, 100);
  EXPECT_EQ(limits_.shrink[static_cast<size_t>(Counted::kDs)].number, 1'000'000'000);
  for (const char* wrong :
       {"", "ds", "ds 10%", "ds 10 100", "ds 101% 1", "ds -1% 1", "ds 1% -1", "ds 1% 1000000001",
        "mx 1% 1", "ds 1% 1 1", "ds % 1", "ds 1%% 1", "ds 1% x", "DS 1% 1"}) {
    EXPECT_EQ(TakeLimit(wrong, 100, limits_.shrink).code(), absl::StatusCode::kInvalidArgument)
        << wrong;
  }
}

}  // namespace
}  // namespace zonegen
