#include "registry/store/snapshot.h"

namespace registry::store {

absl::StatusOr<std::unique_ptr<Connection>> OpenSnapshot(const std::string& database,
                                                         const std::string& application,
                                                         Freshness freshness) {
  ConnectionOptions options;
  options.application = application;
  // Whole tables are read here; minutes may pass before the first row of a sort.
  options.answer_timeout = absl::Minutes(30);
  options.writable = freshness == Freshness::kPrimary;
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(database, options);
  if (!connection.ok()) return connection;
  const absl::Status status = (*connection)
                                  ->Script(
                                      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                                      "SET LOCAL work_mem = '128MB'");
  if (!status.ok()) return status;
  return connection;
}

}  // namespace registry::store
