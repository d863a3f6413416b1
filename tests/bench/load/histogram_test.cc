#include "bench/load/histogram.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

TEST(HistogramTest, IsExactForSmallValues) {
  Histogram histogram;
  for (uint64_t value = 1; value <= 100; ++value) histogram.Add(value);
  EXPECT_EQ(histogram.Percentile(0.5), 50u);
  EXPECT_EQ(histogram.Percentile(0.99), 99u);
  EXPECT_EQ(histogram.Percentile(0.999), 100u);
  EXPECT_EQ(histogram.Percentile(1), 100u);
  EXPECT_EQ(histogram.count(), 100);
}

TEST(HistogramTest, IsLessThanOnePercentTooHighForLargeOnes) {
  for (uint64_t value = 1; value < uint64_t{1} << 39; value += 1 + value / 7) {
    Histogram histogram;
    histogram.Add(value);
    histogram.Add(uint64_t{1} << 39);
    const uint64_t found = histogram.Percentile(0.5);
    EXPECT_GE(found, value);
    EXPECT_LE(found - value, value / 100) << value;
  }
}

TEST(HistogramTest, NeverExceedsTheGreatestValue) {
  Histogram histogram;
  histogram.Add(100'001);
  EXPECT_EQ(histogram.Percentile(0.5), 100'001u);
  EXPECT_EQ(histogram.max(), 100'001u);
  histogram.Add(uint64_t{1} << 60);
  EXPECT_EQ(histogram.max(), uint64_t{1} << 60);
}

TEST(HistogramTest, IsZeroWithoutValues) {
  Histogram histogram;
  histogram.Add(5);
  histogram.Clear();
  EXPECT_EQ(histogram.Percentile(0.5), 0u);
  EXPECT_EQ(histogram.max(), 0u);
}

}  // namespace
}  // namespace bench
