#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

#include "absl/time/time.h"

// PostgreSQL's binary forms of single values: big-endian integers, times as microseconds since
// 2000-01-01, text and bytes as they are.
namespace registry::store::wire {

template <class Integer>
void Append(std::string& out, Integer value) {
  const auto bits = static_cast<std::make_unsigned_t<Integer>>(value);
  for (int shift = (sizeof(Integer) - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>((bits >> shift) & 0xff));
  }
}

// Over what stands there already.
inline void Put(std::string& out, size_t at, int32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) {
    out[at++] = static_cast<char>((static_cast<uint32_t>(value) >> shift) & 0xff);
  }
}

// `bytes` has at least the integer's size.
template <class Integer>
Integer Read(std::string_view bytes) {
  std::make_unsigned_t<Integer> bits = 0;
  for (size_t i = 0; i < sizeof(Integer); ++i) {
    bits = static_cast<decltype(bits)>(bits << 8) | static_cast<unsigned char>(bytes[i]);
  }
  return static_cast<Integer>(bits);
}

// An address: family, length of the prefix, 0 for inet, count of the octets, and these. The numbers
// of the families are PostgreSQL's own, whatever the system's are.
constexpr unsigned char kInet4 = 2;
constexpr unsigned char kInet6 = 3;

// The future and the past without end are PostgreSQL's 'infinity' and '-infinity'.
int64_t Timestamp(absl::Time time);
absl::Time TimeOf(int64_t timestamp);

}  // namespace registry::store::wire
