#include "bench/load/renewals.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

TEST(RenewalsTest, OffersANameToOneAtATime) {
  Renewals renewals(2);
  renewals.Add(0, "2027-01-01");
  renewals.Add(1, "2027-01-02");
  EXPECT_EQ(renewals.Take(), 0u);
  EXPECT_EQ(renewals.Take(), 1u);
  EXPECT_EQ(renewals.Take(), std::nullopt);
  renewals.GiveBack(1);
  EXPECT_EQ(renewals.Take(), 1u);
  EXPECT_EQ(renewals.ExpiryDayOf(1), "2027-01-02");
}

TEST(RenewalsTest, RemembersTheNewExpiryDay) {
  Renewals renewals(1);
  renewals.Add(0, "2027-01-01");
  renewals.Renewed(*renewals.Take(), "2028-01-01");
  EXPECT_EQ(renewals.ExpiryDayOf(*renewals.Take()), "2028-01-01");
}

TEST(RenewalsTest, RenewsANameNineTimes) {
  Renewals renewals(1);
  renewals.Add(0, "2027-01-01");
  for (int i = 0; i < Renewals::kMost; ++i) {
    EXPECT_FALSE(renewals.used_up());
    const std::optional<uint32_t> name = renewals.Take();
    ASSERT_TRUE(name.has_value());
    renewals.Renewed(*name, "2028-01-01");
  }
  EXPECT_TRUE(renewals.used_up());
  EXPECT_EQ(renewals.Take(), std::nullopt);
}

TEST(RenewalsTest, IsNotUsedUpWhileANameMayComeBack) {
  Renewals renewals(1);
  renewals.Add(0, "2027-01-01");
  renewals.Take();
  EXPECT_FALSE(renewals.used_up());
  renewals.Drop(0);
  EXPECT_TRUE(renewals.used_up());
}

}  // namespace
}  // namespace bench
