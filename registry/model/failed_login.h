#pragma once

#include <optional>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "registry/types/keys.h"

namespace registry {

// One step of a registrar's count of failed logins since its last good one.
struct FailedLoginStep {
  RegistrarKey registrar = kNoRegistrar;
  std::optional<absl::Time> failed_in;  // the hour of one more; none: all so far are forgotten
};

// Failures that are older are of no use to anybody.
inline constexpr absl::Duration kLongestFailureWindow = absl::Hours(24 * 30);

// When the hour of `time` began. Failed logins are counted by it.
inline absl::Time HourOf(absl::Time time) {
  return absl::FromCivil(absl::ToCivilHour(time, absl::UTCTimeZone()), absl::UTCTimeZone());
}

}  // namespace registry
