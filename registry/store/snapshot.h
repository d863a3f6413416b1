#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "registry/store/connection.h"

namespace registry::store {

// A connection within a read-only transaction that sees one moment of the database throughout.
absl::StatusOr<std::unique_ptr<Connection>> OpenSnapshot(const std::string& database,
                                                         const std::string& application);

}  // namespace registry::store
