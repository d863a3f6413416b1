#include "registry/store/migrations.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/database_error.h"
#include "registry/store/maintenance.h"
#include "registry/store/migrations/steps.h"
#include "registry/store/schema_version.h"
#include "registry/types/roid.h"

namespace registry::store {
namespace {

// One caller at a time; the number means nothing.
constexpr char kBegin[] =
    "BEGIN; SELECT pg_advisory_xact_lock(70114732001);"
    "CREATE TABLE IF NOT EXISTS schema_migrations (version int PRIMARY KEY, name text NOT NULL,"
    " checksum text NOT NULL, applied timestamptz NOT NULL DEFAULT now())";

const Statement kApplied{"applied_migrations",
                         "SELECT version, checksum FROM schema_migrations ORDER BY version"};
const Statement kChecksum{"migration_checksum",
                          "SELECT encode(sha256(convert_to($1::text, 'UTF8')), 'hex')"};
const Statement kRecord{"record_migration",
                        "INSERT INTO schema_migrations (version, name, checksum) "
                        "VALUES ($1::int4, $2::text, $3::text)"};
const Statement kSchemaThere{"schema_there", "SELECT to_regclass('schema_migrations') IS NOT NULL"};
const Statement kMakeRegistry{"make_registry",
                              "INSERT INTO registry (repository_id, currency, sandbox) "
                              "VALUES ($1::text, $2::text, $3::bool) ON CONFLICT DO NOTHING"};

absl::StatusOr<std::string> Checksum(Connection& connection, const MigrationStep& step) {
  absl::StatusOr<Result> result = connection.Run(kChecksum, Parameters().Add(step.sql));
  if (!result.ok()) return result.status();
  return result->Row(0).Text();
}

// Applies the steps that are missing, within the transaction that is open.
absl::Status ApplySteps(Connection& connection) {
  const std::vector<MigrationStep>& steps = MigrationSteps();
  absl::StatusOr<Result> applied = connection.Run(kApplied);
  if (!applied.ok()) return applied.status();
  const int known = static_cast<int>(steps.size());
  if (applied->rows() > known) return SchemaIsNewer(applied->rows());
  for (int i = 0; i < known; ++i) {
    absl::StatusOr<std::string> checksum = Checksum(connection, steps[i]);
    if (!checksum.ok()) return checksum.status();
    if (i < applied->rows()) {
      RowReader row = applied->Row(i);
      if (row.Int4() != i + 1 || row.Text() != *checksum) {
        return absl::FailedPreconditionError(
            Concat("the database's schema was made by another migration ", steps[i].name,
                   " than this program's"));
      }
      continue;
    }
    if (absl::Status status = connection.Script(steps[i].sql); !status.ok()) return status;
    absl::StatusOr<Result> recorded =
        connection.Run(kRecord, Parameters().Add(int32_t{i + 1}).Add(steps[i].name).Add(*checksum));
    if (!recorded.ok()) return recorded.status();
  }
  return absl::OkStatus();
}

bool IsCurrency(std::string_view text) {
  return text.size() == 3 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

absl::Status CheckOptions(const MigrateOptions& options) {
  if (!IsRepositoryId(options.repository_id)) {
    return absl::InvalidArgumentError(
        "a repository ID is one to eight letters and digits, such as LROR");
  }
  if (!IsCurrency(options.currency)) {
    return absl::InvalidArgumentError("a currency is a code of ISO 4217, such as USD");
  }
  return absl::OkStatus();
}

absl::Status MigrateSchema(Connection& connection, const MigrateOptions& options) {
  if (absl::Status status = connection.Script(kBegin); !status.ok()) return status;
  absl::Status status = ApplySteps(connection);
  if (status.ok()) {
    status =
        connection
            .Run(kMakeRegistry,
                 Parameters().Add(options.repository_id).Add(options.currency).Add(options.sandbox))
            .status();
  }
  if (!status.ok()) {
    (void)connection.Script("ROLLBACK");  // the first error is the one to report
    return status;
  }
  return connection.Script("COMMIT");
}

}  // namespace

int SchemaVersion() { return static_cast<int>(MigrationSteps().size()); }

absl::StatusOr<int> Migrate(const std::string& database, const MigrateOptions& options,
                            absl::Time now) {
  if (absl::Status status = CheckOptions(options); !status.ok()) return status;
  ConnectionOptions connection_options;
  connection_options.application = "postel-migrate";
  connection_options.answer_timeout = absl::Hours(6);  // a migration may rewrite tables
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      Connection::Open(database, connection_options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = MigrateSchema(**connection, options); !status.ok()) return status;
  if (absl::Status status = EnsurePartitions(database, now); !status.ok()) return status;
  return SchemaVersion();
}

absl::Status SchemaIsNewer(int version) {
  return absl::FailedPreconditionError(Concat("the database's schema has version ", version,
                                              ", this program knows ", SchemaVersion(),
                                              " only: install the newer Postel"));
}

absl::Status CheckSchema(Connection& connection) {
  absl::StatusOr<Result> there = connection.Run(kSchemaThere);
  if (!there.ok()) return there.status();
  if (!there->Row(0).Bool()) {
    return absl::FailedPreconditionError(
        "the database has no schema of Postel: run postelctl migrate first");
  }
  absl::StatusOr<Result> applied = connection.Run(kApplied);
  if (!applied.ok()) return applied.status();
  if (applied->rows() > SchemaVersion()) return SchemaIsNewer(applied->rows());
  if (applied->rows() < SchemaVersion()) {
    return absl::FailedPreconditionError(Concat("the database's schema has version ",
                                                applied->rows(), ", this program needs ",
                                                SchemaVersion(), ": run postelctl migrate"));
  }
  return absl::OkStatus();
}

}  // namespace registry::store
