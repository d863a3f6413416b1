#include "registry/store/snapshot.h"

#include <string_view>

#include "registry/base/text.h"

namespace registry::store {
namespace {

constexpr char kBegin[] = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;";
constexpr char kSettings[] = "SET LOCAL work_mem = '128MB'";

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database,
                                                 const std::string& application,
                                                 Freshness freshness, const std::string& begin) {
  ConnectionOptions options;
  options.application = application;
  // Whole tables are read here; minutes may pass before the first row of a sort.
  options.answer_timeout = absl::Minutes(30);
  options.writable = freshness == Freshness::kPrimary;
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(database, options);
  if (!connection.ok()) return connection;
  const absl::Status status = (*connection)->Script(begin);
  if (!status.ok()) return status;
  return connection;
}

// It becomes part of SQL; the server makes it of hexadecimal numbers and hyphens.
bool IsSnapshotId(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Connection>> OpenSnapshot(const std::string& database,
                                                         const std::string& application,
                                                         Freshness freshness) {
  return Open(database, application, freshness, Concat(kBegin, kSettings));
}

absl::StatusOr<std::string> ShareSnapshot(Connection& first) {
  static const Statement kExport{"export_snapshot", "SELECT pg_export_snapshot()"};
  absl::StatusOr<Result> result = first.Run(kExport);
  if (!result.ok()) return result.status();
  std::string id = result->Row(0).Text();
  if (!IsSnapshotId(id)) return absl::InternalError("database: a snapshot with a strange name");
  return id;
}

absl::StatusOr<std::unique_ptr<Connection>> JoinSnapshot(const std::string& database,
                                                         const std::string& application,
                                                         const std::string& shared,
                                                         Freshness freshness) {
  return Open(database, application, freshness,
              Concat(kBegin, "SET TRANSACTION SNAPSHOT '", shared, "';", kSettings));
}

}  // namespace registry::store
