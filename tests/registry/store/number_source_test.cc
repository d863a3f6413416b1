#include "registry/store/number_source.h"

#include <gtest/gtest.h>

namespace registry::store {
namespace {

TEST(NumberSourceTest, GivesBlocksOutInOrderAndAsksForMoreInTime) {
  int asked = 0;
  NumberSource numbers([&] { ++asked; });
  EXPECT_EQ(numbers.TryNext(), std::nullopt);
  EXPECT_EQ(asked, 1);
  numbers.AddBlock(8192, numbers.generation());
  numbers.AddBlock(40960, numbers.generation());
  EXPECT_FALSE(numbers.low());
  for (int64_t i = 0; i < NumberSource::kBlock; ++i) ASSERT_EQ(numbers.TryNext(), 8192 + i);
  EXPECT_TRUE(numbers.low());
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(numbers.TryNext(), 40960);
  EXPECT_EQ(asked, 2);
}

TEST(NumberSourceTest, ForgetsItsBlocksAndThoseThatWereAskedForBefore) {
  NumberSource numbers(nullptr);
  numbers.AddBlock(8192, numbers.generation());
  EXPECT_EQ(numbers.TryNext(), 8192);
  const int64_t asked = numbers.generation();
  numbers.Forget();
  EXPECT_TRUE(numbers.low());
  numbers.AddBlock(12288, asked);
  EXPECT_EQ(numbers.TryNext(), std::nullopt);
  numbers.AddBlock(16384, numbers.generation());
  EXPECT_EQ(numbers.TryNext(), 16384);
}

TEST(NumberSourceTest, WithoutBlocksNumbersAreOutsideOfTheSequence) {
  NumberSource numbers(nullptr);
  const TransactionNumber one = numbers.Next();
  const TransactionNumber other = numbers.Next();
  EXPECT_NE(one, other);
  EXPECT_GE(one, int64_t{1} << 62);
}

}  // namespace
}  // namespace registry::store
