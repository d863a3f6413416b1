#pragma once

#include <cstdint>
#include <optional>

#include "absl/time/time.h"

namespace zonegen {

// Whether a secondary that has `b` takes `a` for newer: RFC 1982 section 3.2.
bool SerialGreater(uint32_t a, uint32_t b);

// The SOA serial of a zone that follows one with serial `last`: the seconds since 1970, or the next
// number where that would not be newer. So it grows with every zone, also when the clock is set
// back. Never 0, which some software takes for "none".
uint32_t NextSerial(std::optional<uint32_t> last, absl::Time now);

}  // namespace zonegen
