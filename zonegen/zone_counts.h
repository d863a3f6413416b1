#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace zonegen {

// What is counted in a zone file.
enum class Counted {
  kDelegations,  // names with NS records, the policy's own left out
  kNs,           // their records, and so on
  kDs,
  kA,  // glue
  kAaaa,
  kStatic,  // records of the apex and those of the TLD's policy
};
inline constexpr std::array<std::string_view, 6> kCountedNames = {"delegations", "ns",   "ds",
                                                                  "a",           "aaaa", "static"};

// No zone comes near.
inline constexpr int64_t kMostCounted = 1'000'000'000'000;

struct ZoneCounts {
  int64_t& operator[](Counted what) { return numbers[static_cast<size_t>(what)]; }
  int64_t operator[](Counted what) const { return numbers[static_cast<size_t>(what)]; }
  int64_t delegations() const { return (*this)[Counted::kDelegations]; }

  std::array<int64_t, kCountedNames.size()> numbers{};
  friend bool operator==(const ZoneCounts&, const ZoneCounts&) = default;
};

}  // namespace zonegen
