#include "registry/net/connection_limits.h"

#include <gtest/gtest.h>

#include <vector>

namespace registry::net {
namespace {

TEST(ConnectionLimitsTest, RefusesWhenEverythingIsTaken) {
  ConnectionLimits limits(2, 2);
  auto first = limits.Enter("192.0.2.1");
  auto second = limits.Enter("192.0.2.2");
  EXPECT_FALSE(limits.Enter("192.0.2.3"));
  first.reset();
  EXPECT_TRUE(limits.Enter("192.0.2.3"));
}

TEST(ConnectionLimitsTest, TellsASourceBeyondItsLimitWhileThereIsRoom) {
  ConnectionLimits limits(10, 1);
  auto first = limits.Enter("192.0.2.1");
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->excessive());
  auto second = limits.Enter("192.0.2.1");
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->excessive());
  EXPECT_FALSE(limits.Enter("192.0.2.2")->excessive());
}

TEST(ConnectionLimitsTest, ASourceCannotTakeMoreThanHalfByExcess) {
  ConnectionLimits limits(10, 1);
  std::vector<ConnectionLimits::Place> places;
  while (auto place = limits.Enter("192.0.2.1")) {
    places.push_back(*std::move(place));
    ASSERT_LE(places.size(), 5u);
  }
  EXPECT_EQ(limits.count(), 5);
  EXPECT_FALSE(limits.Enter("192.0.2.2")->excessive());
}

TEST(ConnectionLimitsTest, PlacesAreGivenBackOnce) {
  ConnectionLimits limits(10, 10);
  {
    auto place = limits.Enter("192.0.2.1");
    ConnectionLimits::Place moved = *std::move(place);
    EXPECT_EQ(limits.count(), 1);
  }
  EXPECT_EQ(limits.count(), 0);
}

TEST(ConnectionLimitsTest, ASourceIsAnAddressOrAnIPv6Network) {
  EXPECT_EQ(SourceOf("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(SourceOf("::ffff:192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(SourceOf("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  EXPECT_EQ(SourceOf("2001:db8:1:2::1"), SourceOf("2001:db8:1:2:ffff::1"));
  EXPECT_NE(SourceOf("2001:db8:1:2::1"), SourceOf("2001:db8:1:3::1"));
}

}  // namespace
}  // namespace registry::net
