#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace registry::store {

// About how many domains the registry has, of all TLDs, as PostgreSQL counted when it last looked
// at the table: for progress bars. 0 if it never did.
absl::StatusOr<int64_t> EstimateDomains(const std::string& database);

}  // namespace registry::store
