#pragma once

#include <cstdint>

#include "absl/status/status.h"

namespace zonegen {

// How many delegations a new zone may have less than the one in use. A zone that shrinks by more
// than `percent` and by more than `names` at once is more likely a mistake than the truth.
struct ShrinkLimit {
  int percent = 10;     // 0 to 100; 100 allows everything
  int64_t names = 100;  // so that small zones may empty
};

// kFailedPrecondition, with the numbers.
absl::Status CheckShrink(int64_t published, int64_t generated, const ShrinkLimit& limit);

}  // namespace zonegen
