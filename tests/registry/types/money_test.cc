#include "registry/types/money.h"

#include <gtest/gtest.h>

#include "registry/types/reasons.h"

namespace registry {
namespace {

TEST(MoneyTest, ReadsAmounts) {
  const std::pair<std::string_view, int64_t> rows[] = {
      {"9.75", 975},   {"9", 900},   {"9.7", 970},
      {"-3.10", -310}, {"0", 0},     {"0.05", 5},
      {"-0.05", -5},   {"007", 700}, {"999999999999.99", 99999999999999},
  };
  for (const auto& [text, minor] : rows) {
    const Outcome<Money> money = ParseMoney(text);
    ASSERT_TRUE(money.ok()) << text;
    EXPECT_EQ(money->minor, minor) << text;
  }
}

TEST(MoneyTest, RefusesEverythingElse) {
  for (std::string_view bad : {"", "-", ".", "9.", ".5", "9.755", "+9", "9,75", "9.7a", "1e3", " 9",
                               "9 ", "--9", "9.-5", "$9", "9.7.5"}) {
    EXPECT_EQ(ParseMoney(bad).rejection().reason.id, kMoneySyntax.id) << bad;
  }
  EXPECT_EQ(ParseMoney("1000000000000").rejection().reason.id, kMoneyRange.id);
}

TEST(MoneyTest, IsWrittenWithTwoDecimals) {
  const std::pair<int64_t, std::string_view> rows[] = {
      {975, "9.75"},
      {900, "9.00"},
      {5, "0.05"},
      {0, "0.00"},
      {-5, "-0.05"},
      {-310, "-3.10"},
      {INT64_MAX, "92233720368547758.07"},
      {INT64_MIN, "-92233720368547758.08"},
  };
  for (const auto& [minor, text] : rows) EXPECT_EQ(FormatMoney(Money{minor}), text);
}

TEST(MoneyTest, AddsUp) {
  Money money{900};
  money += Money{75};
  EXPECT_EQ(money, Money{975});
  EXPECT_EQ(Money{900} * 3 - Money{1}, Money{2699});
  EXPECT_EQ(-Money{1} + Money{1}, Money{});
  EXPECT_LT(Money{-1}, Money{0});
}

}  // namespace
}  // namespace registry
