#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"

namespace fill {

struct LoadOptions {
  std::string database;  // libpq connection string
  int64_t domains = 0;   // the registry has so many of them in the end, 1 to kMostDomains
  // The day that everything is relative to; absent: the one of the first load, or today.
  std::optional<absl::CivilDay> reference;
  int64_t batch_size = 4096;  // domains in one transaction
  int connections = 3;
};

struct Loaded {
  int64_t before = 0;  // domains of earlier loads
  int64_t added = 0;
  absl::CivilDay reference;
};

// Told now and then by one thread at a time. `done` of `options.domains` are there (perhaps not to
// be seen yet); `activity` is what goes on beside that, or empty. False ends the load at once, as
// if the program were killed.
using Report = std::function<bool(int64_t done, std::string_view activity)>;

// Loads those of the domains 1 to N that are not there yet. kFailedPrecondition outside of a
// sandbox and when it does not fit what an earlier load made. May be interrupted at any moment and
// called again; servers may run meanwhile.
absl::StatusOr<Loaded> Load(const LoadOptions& options, const Report& report);

}  // namespace fill
