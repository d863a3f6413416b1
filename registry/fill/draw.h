#pragma once

#include <cstdint>

namespace fill {

// A sequence of numbers that look drawn by lot and are always the same: everything that is made up
// comes from here. SplitMix64 (Steele, Lea, Flood 2014), so that it is so on every machine.
class Draw {
 public:
  // `topic` keeps apart what is drawn for one `subject` in different places.
  Draw(int64_t subject, uint64_t topic)
      : state_(Mix(static_cast<uint64_t>(subject) * 0x9E3779B97F4A7C15 + Mix(topic))) {}

  uint64_t Next() { return Mix(state_ += 0x9E3779B97F4A7C15); }
  // 0 to `end` - 1; `end` is at least 1 and well below 2^32.
  int64_t Below(int64_t end) {
    return static_cast<int64_t>((Next() >> 32) * static_cast<uint64_t>(end) >> 32);
  }
  bool Chance(int thousandths) { return Below(1000) < thousandths; }
  // 1 to 2^`doublings` - 1, k about as often as 1/k: few have much, many have little.
  int64_t Ranked(int doublings) {
    const int64_t floor = int64_t{1} << Below(doublings);
    return floor + Below(floor);
  }
  template <class Array>
  const auto& Of(const Array& values) {
    return values[static_cast<size_t>(Below(static_cast<int64_t>(values.size())))];
  }

 private:
  static uint64_t Mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
    return x ^ (x >> 31);
  }
  uint64_t state_;
};

}  // namespace fill
