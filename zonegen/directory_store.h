#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "registry/base/clock.h"
#include "registry/store/store.h"
#include "zonegen/config.h"

namespace zonegen {

// For the registry's TLDs, and its clock, which in a sandbox follows the database. `clock` outlives
// it.
absl::StatusOr<std::unique_ptr<registry::store::Store>> OpenDirectoryStore(
    const Config& config, registry::SystemClock* clock);

}  // namespace zonegen
