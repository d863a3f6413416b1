#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

// Domain names by index.
class NameSeries {
 public:
  // prefix + (first + index) + "." + tld
  static NameSeries Existing(std::string_view prefix, uint64_t first, std::string_view tld);
  // New names: "n" + a number that the index gives + "-" + prefix + "-" + run + "." + tld. The
  // numbers scatter over the alphabet, as names are: a sequence would be kind to the index of
  // names.
  static NameSeries Fresh(std::string_view prefix, std::string_view run, std::string_view tld);

  // Valid until the next call.
  std::string_view At(uint32_t index);

 private:
  NameSeries(std::string head, std::string tail, uint64_t first, bool scattered);

  std::string head_, tail_;
  uint64_t first_;
  bool scattered_;
  std::string text_;
};

// Different in every run of the program, also in two at a time.
std::string NewRun();

// All indexes below `count` in an order that no cache is fond of: index * step modulo count.
class VisitingOrder {
 public:
  explicit VisitingOrder(uint32_t count);
  uint32_t Next();

 private:
  uint32_t count_, step_, at_ = 0;
};

}  // namespace bench
