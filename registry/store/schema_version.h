#pragma once

#include "absl/status/status.h"
#include "registry/store/connection.h"

namespace registry::store {

// Whether the database has exactly the schema that this program knows: kFailedPrecondition, with
// what to do about it.
absl::Status CheckSchema(Connection& connection);

absl::Status SchemaIsNewer(int version);

}  // namespace registry::store
