#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "zonegen/zone_counts.h"

namespace zonegen {

// How far a new zone may be from the one in use. A change by more than `percent` and by more than
// `number` at once is more likely a mistake than the truth.
struct ChangeLimit {
  int percent = 0;     // of what is in use; to shrink 0 to 100, where 100 allows everything
  int64_t number = 0;  // so that small zones may empty, or fill
};

struct ChangeLimits {
  static constexpr int kMostPercent = 1'000'000;
  static constexpr int64_t kMostNumber = 1'000'000'000;

  ChangeLimits() {
    shrink.fill({10, 100});
    growth.fill({50, 100'000});
  }
  std::array<ChangeLimit, kCountedNames.size()> shrink, growth;  // by Counted
};

// Reads "ds 10% 100", or "all 10% 100" for everything that is counted, into one direction's limits.
// `most_percent` is 100 or kMostPercent. kInvalidArgument, as a sentence.
absl::Status TakeLimit(std::string_view text, int most_percent,
                       std::array<ChangeLimit, kCountedNames.size()>& limits);

// kFailedPrecondition, with the numbers of everything that changed too much.
absl::Status CheckChange(const ZoneCounts& published, const ZoneCounts& generated,
                         const ChangeLimits& limits);

}  // namespace zonegen
