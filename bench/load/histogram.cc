#include "bench/load/histogram.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace bench {
namespace {

// A value of more than kDigits binary digits is put in the bucket of its first kDigits.
constexpr int kDigits = 8;
constexpr size_t kHalf = size_t{1} << (kDigits - 1);
constexpr uint64_t kHighest = (uint64_t{1} << 40) - 1;  // twelve days of microseconds

size_t BucketOf(uint64_t value) {
  value = std::min(value, kHighest);
  const int dropped = std::max(0, static_cast<int>(std::bit_width(value)) - kDigits);
  return static_cast<size_t>(dropped) * kHalf + static_cast<size_t>(value >> dropped);
}

uint64_t HighestOf(size_t bucket) {
  const size_t dropped = bucket < 2 * kHalf ? 0 : bucket / kHalf - 1;
  return ((uint64_t{bucket - dropped * kHalf} + 1) << dropped) - 1;
}

}  // namespace

Histogram::Histogram() : buckets_(BucketOf(kHighest) + 1) {}

void Histogram::Add(uint64_t value) {
  ++buckets_[BucketOf(value)];
  ++count_;
  max_ = std::max(max_, value);
}

void Histogram::Add(const Histogram& other) {
  for (size_t bucket = 0; bucket < buckets_.size(); ++bucket) {
    buckets_[bucket] += other.buckets_[bucket];
  }
  count_ += other.count_;
  max_ = std::max(max_, other.max_);
}

void Histogram::Clear() {
  std::fill(buckets_.begin(), buckets_.end(), 0);
  count_ = 0;
  max_ = 0;
}

uint64_t Histogram::Percentile(double share) const {
  const auto wanted = static_cast<int64_t>(std::ceil(share * static_cast<double>(count_)));
  int64_t seen = 0;
  for (size_t bucket = 0; bucket < buckets_.size() && count_ > 0; ++bucket) {
    seen += buckets_[bucket];
    if (seen >= wanted) return std::min(HighestOf(bucket), max_);
  }
  return max_;
}

}  // namespace bench
