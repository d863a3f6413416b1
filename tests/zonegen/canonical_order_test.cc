#include "zonegen/canonical_order.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

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

TEST(LabelPlaceTest, StandsAsTheLabelsDo) {
  std::mt19937 dice(4034);
  const auto next = [&dice](size_t below) { return dice() % below; };
  const std::string alphabet = "-09az";
  const auto draw = [&] {
    std::string label(1 + next(20), 'a');
    for (char& c : label) c = alphabet[next(next(2) == 0 ? 2 : alphabet.size())];
    return label;
  };
  int same = 0;
  for (int round = 0; round < 100'000; ++round) {
    const std::string a = draw(), b = next(4) == 0 ? a.substr(0, next(a.size()) + 1) : draw();
    const auto place_a = PlaceOf(a), place_b = PlaceOf(b);
    ASSERT_TRUE(place_a && place_b) << a << " and " << b;
    ASSERT_LT(place_a->part, kLabelParts);
    if (*place_a == *place_b) {
      ++same;
      ASSERT_EQ(a.substr(0, 14), b.substr(0, 14));
    } else {
      ASSERT_EQ(*place_a < *place_b, a < b) << a << " and " << b;
    }
  }
  EXPECT_GT(same, 100);
  EXPECT_EQ(PlaceOf("zz")->part, kLabelParts - 1);
}

TEST(LabelPlaceTest, IsOnlyForLowerCaseLdhLabels) {
  for (const char* wrong : {"A", "a.b", "a_b", "\xc3\xa4", "twelve-and-more-octets-then_"}) {
    EXPECT_EQ(PlaceOf(wrong), std::nullopt) << wrong;
  }
  EXPECT_NE(PlaceOf("xn--p1ai"), std::nullopt);
}

}  // namespace
}  // namespace zonegen
