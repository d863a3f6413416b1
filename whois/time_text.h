#pragma once

#include <string>

#include "absl/time/time.h"

namespace whois {

// RFC 3339 in UTC with whole seconds: "2026-01-02T03:04:05Z".
inline std::string TimeText(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

}  // namespace whois
