#pragma once

#include "absl/status/status.h"
#include "zonegen/config.h"

namespace zonegen {

// Runs `watch` until SIGTERM or SIGINT: a round at each interval, metrics meanwhile. SIGHUP makes
// all zones again at once. An error only if it cannot start.
absl::Status Serve(Config config);

}  // namespace zonegen
