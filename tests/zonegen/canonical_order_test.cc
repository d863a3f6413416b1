#include "zonegen/canonical_order.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace zonegen {
namespace {

TEST(CanonicalOrderTest, IsThatOfTheLabelsFromTheRight) {
  const std::vector<std::string> sorted = {"org",       "a.org",   "a.a.org",     "b.a.org",
                                           "z.b.a.org", "a-b.org", "ns.a-b.org",  "a0.org",
                                           "aa.org",    "b.org",   "xn--p1ai.org"};
  for (size_t i = 0; i < sorted.size(); ++i) {
    for (size_t j = 0; j < sorted.size(); ++j) {
      EXPECT_EQ(CanonicalLess(sorted[i], sorted[j]), i < j) << sorted[i] << " and " << sorted[j];
    }
  }
}

TEST(CanonicalOrderTest, FindsTheLabelBelowTheTld) {
  EXPECT_EQ(LabelBelow("a.org", "org"), "a");
  EXPECT_EQ(LabelBelow("ns1.dns.a.org", "org"), "a");
}

}  // namespace
}  // namespace zonegen
