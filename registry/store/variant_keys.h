#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "registry/model/directory.h"

namespace registry::store {

// Gives the domains of a TLD the variant keys that its IDN tables give them now, over a connection
// of its own, in many small transactions. The number of those that had another one. May be run
// again. Until it is done, creates may overlook a variant that has just become one.
//
// Domains that are variants of each other already, since they were registered before the tables
// said so, stay; none of them leads.
absl::StatusOr<int64_t> RenewVariantKeys(const std::string& database, std::string_view tld);

// The same for each TLD whose variants differ from those of an earlier directory.
absl::StatusOr<int64_t> RenewVariantKeys(const std::string& database, const Directory& before);

}  // namespace registry::store
