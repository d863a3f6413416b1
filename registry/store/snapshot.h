#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "registry/store/connection.h"

namespace registry::store {

// Where a connection string names several servers: which will do. A standby may be behind.
enum class Freshness { kAny, kPrimary };

// A connection within a read-only transaction that sees one moment of the database throughout.
absl::StatusOr<std::unique_ptr<Connection>> OpenSnapshot(const std::string& database,
                                                         const std::string& application,
                                                         Freshness freshness = Freshness::kAny);

// Another connection that sees the same moment. `first` is from OpenSnapshot and stays within its
// transaction for as long as this one shall find it.
absl::StatusOr<std::string> ShareSnapshot(Connection& first);
absl::StatusOr<std::unique_ptr<Connection>> JoinSnapshot(const std::string& database,
                                                         const std::string& application,
                                                         const std::string& shared,
                                                         Freshness freshness = Freshness::kAny);

}  // namespace registry::store
