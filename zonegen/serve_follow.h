#pragma once

#include "absl/status/status.h"
#include "zonegen/config.h"

namespace zonegen {

// Runs `follow` until SIGTERM or SIGINT: a follower for each zone on each primary, metrics
// meanwhile. SIGHUP has no effect. An error only if it cannot start.
absl::Status ServeFollow(Config config);

}  // namespace zonegen
