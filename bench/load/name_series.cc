#include "bench/load/name_series.h"

#include <unistd.h>

#include <charconv>
#include <chrono>
#include <numeric>

#include "registry/base/text.h"

namespace bench {
namespace {

using registry::Concat;

constexpr uint32_t kScatter = 2654435761;  // odd, so that no two indexes give the same number

std::string InBase36(uint64_t number) {
  char digits[16];
  return {digits, std::to_chars(digits, digits + sizeof digits, number, 36).ptr};
}

}  // namespace

NameSeries::NameSeries(std::string head, std::string tail, uint64_t first, bool scattered)
    : head_(std::move(head)), tail_(std::move(tail)), first_(first), scattered_(scattered) {}

NameSeries NameSeries::Existing(std::string_view prefix, uint64_t first, std::string_view tld) {
  return {std::string(prefix), Concat(".", tld), first, false};
}

NameSeries NameSeries::Fresh(std::string_view prefix, std::string_view run, std::string_view tld) {
  return {"n", Concat("-", prefix, "-", run, ".", tld), 0, true};
}

std::string_view NameSeries::At(uint32_t index) {
  char digits[20];
  const uint64_t number = scattered_ ? uint64_t{index * kScatter} : first_ + index;
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  text_.assign(head_);
  text_.append(digits, end);
  text_.append(tail_);
  return text_;
}

std::string NewRun() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  return Concat(InBase36(static_cast<uint64_t>(milliseconds)), "x",
                InBase36(static_cast<uint64_t>(getpid())));
}

VisitingOrder::VisitingOrder(uint32_t count)
    : count_(count), step_(static_cast<uint32_t>(count * 0.6180339887) | 1) {
  while (std::gcd(step_, count_) != 1) step_ += 2;
}

uint32_t VisitingOrder::Next() {
  const uint32_t index = at_;
  at_ = static_cast<uint32_t>((uint64_t{at_} + step_) % count_);
  return index;
}

}  // namespace bench
