#include "whois/rate_table.h"

#include <gtest/gtest.h>

namespace whois {
namespace {

using Kind = RateTable::Source::Kind;

constexpr RateTable::Limit kLimit{60, 5};  // one a second, five at once

class RateTableTest : public testing::Test {
 protected:
  absl::Duration Take(uint64_t number, int cost = 1) {
    return table_.Take({Kind::kV4, number}, kLimit, cost, now_);
  }
  bool May(uint64_t number, int cost = 1) { return Take(number, cost) == absl::ZeroDuration(); }

  RateTable table_{1 << 20};
  absl::Duration now_ = absl::Hours(1);
};

TEST_F(RateTableTest, LetsABurstThroughAndThenOneAStep) {
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(May(1)) << i;
  EXPECT_EQ(Take(1), absl::Seconds(1));
  EXPECT_EQ(Take(1), absl::Seconds(1)) << "what is refused costs nothing";
  now_ += absl::Milliseconds(999);
  EXPECT_EQ(Take(1), absl::Milliseconds(1));
  now_ += absl::Milliseconds(1);
  EXPECT_TRUE(May(1));
  EXPECT_FALSE(May(1));
}

TEST_F(RateTableTest, WhatItSaysToWaitIsEnoughAndNotTooMuch) {
  for (int i = 0; i < 5; ++i) May(1);
  const absl::Duration wait = Take(1, 3);
  EXPECT_EQ(wait, absl::Seconds(3));
  now_ += wait - absl::Nanoseconds(1);
  EXPECT_FALSE(May(1, 3));
  now_ += absl::Nanoseconds(1);
  EXPECT_TRUE(May(1, 3));
}

TEST_F(RateTableTest, GivesTheBurstBackToWhoRests) {
  for (int i = 0; i < 5; ++i) May(1);
  now_ += absl::Hours(5);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(May(1)) << i;
  EXPECT_FALSE(May(1)) << "no more than a burst";
}

TEST_F(RateTableTest, WhatCostsMoreThanABurstIsWorthOne) {
  EXPECT_TRUE(May(1, 1000));
  EXPECT_EQ(Take(1), absl::Seconds(1));
}

TEST_F(RateTableTest, SourcesDoNotCountForOneAnother) {
  for (int i = 0; i < 6; ++i) May(1);
  EXPECT_FALSE(May(1));
  EXPECT_TRUE(May(2));
  for (Kind kind : {Kind::kV6, Kind::kToken}) {
    EXPECT_EQ(table_.Take({kind, 1}, kLimit, 1, now_), absl::ZeroDuration());
  }
}

TEST(RateTableSizeTest, HoldsAsManySourcesAsItsMemoryHasRoomFor) {
  EXPECT_EQ(RateTable(1 << 20).places(), (1 << 20) / 16);
  EXPECT_EQ(RateTable((1 << 20) + 5000).places(), (1 << 20) / 16);
  EXPECT_EQ(RateTable(0).places(), 8u);
}

TEST(RateTableSizeTest, WhoAsksTooOftenStaysKnownWhileMillionsComeBy) {
  RateTable table(4096);  // 256 places
  absl::Duration now = absl::Hours(1);
  const auto asks = [&](uint64_t number) {
    return table.Take({Kind::kV6, number}, {60, 60}, 1, now) == absl::ZeroDuration();
  };
  for (int i = 0; i < 60; ++i) ASSERT_TRUE(asks(1)) << i;
  for (uint64_t other = 2; other < 1'000'000; ++other) {
    ASSERT_TRUE(asks(other)) << "a new source always may";
    if (other % 100'000 == 0) {
      EXPECT_FALSE(asks(1)) << other;
    }
  }
  EXPECT_FALSE(asks(1));
  now += absl::Seconds(1);
  EXPECT_TRUE(asks(1));
}

}  // namespace
}  // namespace whois
