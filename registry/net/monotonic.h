#pragma once

#include "absl/time/time.h"

namespace registry::net {

// Since the machine started. The registry's clock may be moved, this one not. Thread-safe.
absl::Duration Monotonic();

}  // namespace registry::net
