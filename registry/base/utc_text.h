#pragma once

#include <string>

#include "absl/time/time.h"

namespace registry {

// "2027-11-23T08:15:00.123Z": an instant as XML, JSON and logs have it, rounded down to
// milliseconds.
std::string FormatUtc(absl::Time time);

}  // namespace registry
