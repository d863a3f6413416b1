#pragma once

#include <optional>
#include <string_view>

#include "absl/time/time.h"

namespace registry {

// The xs:dateTime of XML Schema: "2026-01-02T03:04:05.6Z", "2026-01-02T05:04:05+02:00"; without a
// zone it is UTC. Rounded down to milliseconds. Nothing if the text is none, or is not within
// the years 1 to 9999 of UTC.
std::optional<absl::Time> ParseDateTime(std::string_view text);

}  // namespace registry
