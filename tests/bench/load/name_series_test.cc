#include "bench/load/name_series.h"

#include <gtest/gtest.h>

#include <set>

namespace bench {
namespace {

TEST(NameSeriesTest, CountsExistingNames) {
  NameSeries names = NameSeries::Existing("peer-", 100, "org");
  EXPECT_EQ(names.At(0), "peer-100.org");
  EXPECT_EQ(names.At(17), "peer-117.org");
}

TEST(NameSeriesTest, ScattersFreshNamesWithoutRepeatingThem) {
  NameSeries names = NameSeries::Fresh("load", "r1", "org");
  std::set<std::string> seen;
  for (uint32_t i = 0; i < 10000; ++i) {
    const std::string name(names.At(i));
    EXPECT_TRUE(name.starts_with("n") && name.ends_with("-load-r1.org")) << name;
    EXPECT_TRUE(seen.insert(name).second) << name;
  }
}

TEST(VisitingOrderTest, VisitsEachOnceInEachRound) {
  for (uint32_t count : {1u, 2u, 3u, 10u, 30030u, 65536u}) {
    VisitingOrder order(count);
    std::set<uint32_t> seen;
    for (uint32_t i = 0; i < count; ++i) seen.insert(order.Next());
    EXPECT_EQ(seen.size(), count);
    EXPECT_EQ(*seen.rbegin(), count - 1);
  }
}

}  // namespace
}  // namespace bench
