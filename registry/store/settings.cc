#include "registry/store/settings.h"

#include <memory>

#include "registry/store/connection.h"
#include "registry/store/schema_version.h"

namespace registry::store {

absl::Status SetClockOffset(const std::string& database, absl::Duration offset) {
  static const Statement kSet{
      "set_clock_offset",
      "WITH changed AS (UPDATE registry SET clock_offset_ms = $1::int8, version = version + 1 "
      "WHERE sandbox RETURNING 1) SELECT count(*), pg_notify('postel_directory', '')::text FROM "
      "changed"};
  if (offset > kFarthestClock || offset < -kFarthestClock) {
    return absl::InvalidArgumentError(
        "the clock of a sandbox stays within 100 years of the true time");
  }
  ConnectionOptions options;
  options.application = "postel-settings";
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  absl::StatusOr<Result> result =
      (*connection)->Run(kSet, Parameters().Add(absl::ToInt64Milliseconds(offset)));
  if (!result.ok()) return result.status();
  if (result->Row(0).Int8() == 1) return absl::OkStatus();
  return absl::FailedPreconditionError("this registry is not a sandbox: its clock cannot be moved");
}

}  // namespace registry::store
