#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace registry::store {

// Moves the registry's clock: every process follows within a second. Whole milliseconds.
// kFailedPrecondition outside a sandbox.
absl::Status SetClockOffset(const std::string& database, absl::Duration offset);

}  // namespace registry::store
