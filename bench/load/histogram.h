#pragma once

#include <cstdint>
#include <vector>

namespace bench {

// Counts values, usually microseconds, in little memory: up to 255 each has its own bucket, above
// that a bucket is less than 1% of its values wide. So hours of answers cost no more than seconds.
class Histogram {
 public:
  Histogram();

  void Add(uint64_t value);
  void Add(const Histogram& other);  // what that has counted
  void Clear();

  int64_t count() const { return count_; }
  uint64_t max() const { return max_; }
  // The smallest value that at least this share of all does not exceed, rounded up to its bucket's
  // end. 0 < share <= 1; 0 if there are none.
  uint64_t Percentile(double share) const;

 private:
  std::vector<int64_t> buckets_;
  int64_t count_ = 0;
  uint64_t max_ = 0;
};

}  // namespace bench
