#pragma once

#include <string>

#include "absl/time/time.h"

// Instants as people say them, in English and UTC.
namespace whois {

// "2 January 2026, 03:04 UTC".
std::string DateWords(absl::Time time);

// From the earlier to the later instant in its largest sensible unit, rounded down: "3 months" by
// the calendar. Years from two on, months from two on, days from two on; less than a minute is "a
// moment".
std::string SpanWords(absl::Time earlier, absl::Time later);

// "in 3 months", "3 months ago".
std::string RelativeWords(absl::Time time, absl::Time now);

}  // namespace whois
