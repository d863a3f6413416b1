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

// What of RegistrySettings concerns contacts; nothing: as it was. kInvalidArgument outside 0 to
// kLongestContactPeriod.
struct ContactPolicy {
  std::optional<absl::Duration> transfer_wait;
  std::optional<absl::Duration> auth_info_ttl;
};
inline constexpr absl::Duration kLongestContactPeriod = absl::Hours(24 * 3650);
absl::Status SetContactPolicy(const std::string& database, const ContactPolicy& policy);

}  // namespace registry::store
