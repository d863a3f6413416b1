#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace registry::store {

// Every process does at once what the clock has done meanwhile: a renewal of every domain for every
// year. 100 years of 365 days.
inline constexpr absl::Duration kFarthestClock = absl::Hours(24 * 36500);

// Moves the registry's clock: every process follows within a second. Whole milliseconds.
// kFailedPrecondition outside a sandbox; kInvalidArgument for more than kFarthestClock either way.
absl::Status SetClockOffset(const std::string& database, absl::Duration offset);

// Those of RegistrySettings that can be changed; nothing: as it was.
struct SettingsChange {
  std::optional<absl::Duration> contact_transfer_wait;  // 0 to kLongestContactPeriod
  std::optional<absl::Duration> contact_auth_info_ttl;  // likewise
  // 0 to kLongestCourtesy; for maintenances that are announced or moved from now on.
  std::optional<absl::Duration> maintenance_courtesy;
};
inline constexpr absl::Duration kLongestContactPeriod = absl::Hours(24 * 3650);
// All or none; kInvalidArgument outside of the ranges.
absl::Status ChangeSettings(const std::string& database, const SettingsChange& change);

}  // namespace registry::store
