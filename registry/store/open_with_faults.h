#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "registry/store/faults.h"
#include "registry/store/store.h"

namespace registry::store {

// Store::Open for tests of failures.
class OpenWithFaults {
 public:
  static absl::StatusOr<std::unique_ptr<Store>> Open(StoreOptions options, SystemClock* clock,
                                                     FaultPoints faults);
};

}  // namespace registry::store
