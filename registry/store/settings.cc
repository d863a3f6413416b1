#include "registry/store/settings.h"

#include <memory>

#include "registry/rules/maintenances.h"
#include "registry/store/connection.h"
#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

absl::StatusOr<std::unique_ptr<Connection>> OpenForSettings(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-settings";
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

bool IsWithin(const std::optional<absl::Duration>& period, absl::Duration longest) {
  return !period || (*period >= absl::ZeroDuration() && *period <= longest);
}

int64_t MillisOr(const std::optional<absl::Duration>& period) {
  return period ? absl::ToInt64Milliseconds(*period) : -1;
}

}  // namespace

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
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenForSettings(database);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<Result> result =
      (*connection)->Run(kSet, Parameters().Add(absl::ToInt64Milliseconds(offset)));
  if (!result.ok()) return result.status();
  if (result->Row(0).Int8() == 1) return absl::OkStatus();
  return absl::FailedPreconditionError("this registry is not a sandbox: its clock cannot be moved");
}

absl::Status ChangeSettings(const std::string& database, const SettingsChange& change) {
  static const Statement kSet{
      "change_settings",
      "WITH changed AS (UPDATE registry SET version = version + 1, contact_transfer_wait_ms = CASE "
      "WHEN $1::int8 < 0 THEN contact_transfer_wait_ms ELSE $1::int8 END, contact_auth_info_ttl_ms "
      "= CASE WHEN $2::int8 < 0 THEN contact_auth_info_ttl_ms ELSE $2::int8 END, "
      "maintenance_courtesy_ms = CASE WHEN $3::int8 < 0 THEN maintenance_courtesy_ms ELSE $3::int8 "
      "END RETURNING 1) SELECT count(*), pg_notify('postel_directory', '')::text FROM changed"};
  if (!IsWithin(change.contact_transfer_wait, kLongestContactPeriod) ||
      !IsWithin(change.contact_auth_info_ttl, kLongestContactPeriod)) {
    return absl::InvalidArgumentError("expected a time from 0s to 3650d");
  }
  if (!IsWithin(change.maintenance_courtesy, kLongestCourtesy)) {
    return absl::InvalidArgumentError("expected a time from 0s to 90d");
  }
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenForSettings(database);
  if (!connection.ok()) return connection.status();
  return (*connection)
      ->Run(kSet, Parameters()
                      .Add(MillisOr(change.contact_transfer_wait))
                      .Add(MillisOr(change.contact_auth_info_ttl))
                      .Add(MillisOr(change.maintenance_courtesy)))
      .status();
}

}  // namespace registry::store
