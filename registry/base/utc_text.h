#pragma once

#include <string>

#include "absl/time/time.h"

namespace registry {

// RFC 3339 in UTC, rounded down to milliseconds: "2026-01-02T03:04:05.678Z". The form of every
// instant that we show: in XML, JSON, logs and tables.
std::string FormatUtc(absl::Time time);

}  // namespace registry
