#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "registry/store/connection.h"
#include "zonegen/zone_change.h"

namespace zonegen {

// Reads what a change is made of, so that it can tell its updates: in two round trips; in more
// where the first users of a host do not need its addresses. `kept_under`: the TLD that the zone's
// domains are kept under.
absl::Status ReadRows(registry::store::Connection& connection, std::string_view kept_under,
                      ZoneChange& change);

}  // namespace zonegen
