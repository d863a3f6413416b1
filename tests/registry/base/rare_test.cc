#include "registry/base/rare.h"

#include <gtest/gtest.h>

#include <string>

namespace registry {
namespace {

TEST(RareTest, IsAValueOrNone) {
  Rare<std::string> rare;
  EXPECT_FALSE(rare);
  rare = std::string("a");
  ASSERT_TRUE(rare.has_value());
  EXPECT_EQ(*rare, "a");
  EXPECT_EQ(rare->size(), 1u);
  rare.reset();
  EXPECT_FALSE(rare);
  EXPECT_FALSE(Rare<std::string>(std::nullopt));
  EXPECT_FALSE(Rare<std::string>(std::optional<std::string>()));
  EXPECT_EQ(*Rare<std::string>(std::optional<std::string>("b")), "b");
}

TEST(RareTest, CopiesAreOthers) {
  Rare<std::string> one(std::string("a"));
  Rare<std::string> two = one;
  *two = "b";
  EXPECT_EQ(*one, "a");
  two = one;
  EXPECT_EQ(*two, "a");
  const Rare<std::string>& same = one;
  one = same;
  EXPECT_EQ(*one, "a");
  const Rare<std::string> moved = std::move(one);
  EXPECT_EQ(*moved, "a");
  two = Rare<std::string>();
  EXPECT_FALSE(two);
}

TEST(RareTest, AreEqualByTheirValues) {
  const Rare<std::string> none, a(std::string("a")), b(std::string("b"));
  EXPECT_EQ(none, Rare<std::string>());
  EXPECT_EQ(a, Rare<std::string>(std::string("a")));
  EXPECT_FALSE(a == b);
  EXPECT_FALSE(a == none);
  EXPECT_FALSE(none == a);
}

TEST(RareTest, TakesThePlaceOfAPointer) { EXPECT_EQ(sizeof(Rare<std::string>), sizeof(void*)); }

}  // namespace
}  // namespace registry
