#include "zonegen/shrink_limit.h"

#include "registry/base/text.h"

namespace zonegen {

absl::Status CheckShrink(int64_t published, int64_t generated, const ShrinkLimit& limit) {
  const int64_t fewer = published - generated;
  if (fewer <= limit.names) return absl::OkStatus();
  if (fewer * 100 <= published * limit.percent) return absl::OkStatus();
  return absl::FailedPreconditionError(registry::Concat(
      "the zone would shrink from ", published, " to ", generated, " delegations, by more than ",
      limit.percent, "% and ", limit.names, " names"));
}

}  // namespace zonegen
