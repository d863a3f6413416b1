#pragma once

#include "absl/time/time.h"
#include "registry/worker/config.h"

namespace worker {

// Keeps the tables as small as they should be (registry/store/maintenance.h): partitions ahead of
// `now`, and what everybody has read or nobody asks for any more forgotten; and what is due once a
// month (add_grace_limits.h). A task that fails is
// logged and does not keep the others from running. The number of those that failed.
int KeepHouse(const Config& config, absl::Time now);

}  // namespace worker
