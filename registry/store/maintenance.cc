#include "registry/store/maintenance.h"

#include <algorithm>
#include <memory>

#include "absl/status/statusor.h"
#include "absl/strings/str_format.h"
#include "absl/time/civil_time.h"
#include "registry/base/text.h"
#include "registry/model/failed_login.h"
#include "registry/store/connection.h"

namespace registry::store {
namespace {

constexpr int kMonthsAhead = 3;

absl::StatusOr<std::unique_ptr<Connection>> Connect(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-maintenance";
  options.answer_timeout = absl::Minutes(10);
  // A partition must not make commands wait behind it while it waits itself.
  options.lock_timeout = absl::Seconds(5);
  return Connection::Open(database, options);
}

std::string Day(absl::CivilMonth month) {
  return absl::StrFormat("%04d-%02d-01 00:00:00+00", month.year(), month.month());
}

const Statement kExists{"relation_exists", "SELECT to_regclass($1::text) IS NOT NULL"};

// Made apart and attached when it holds what the default partition had of its month, so that
// commands go on meanwhile unless they write to the default partition.
absl::Status MakePartition(Connection& connection, const std::string& table,
                           absl::CivilMonth month) {
  const std::string name = absl::StrFormat("%s_%04d_%02d", table, month.year(), month.month());
  absl::StatusOr<Result> exists = connection.Run(kExists, Parameters().Add(name));
  if (!exists.ok()) return exists.status();
  if (exists->Row(0).Bool()) return absl::OkStatus();
  const std::string from = Day(month);
  const std::string to = Day(month + 1);
  const std::string rest = table + "_default";
  const std::string in_month = Concat(" WHERE at >= '", from, "' AND at < '", to, "'");
  return connection.Script(
      Concat("BEGIN; SELECT pg_advisory_xact_lock(70114732002);",  //
             "CREATE TABLE IF NOT EXISTS ", name, " (LIKE ", table, " INCLUDING ALL);",
             // Nobody adds to the default partition while what is there moves.
             "LOCK TABLE ", rest, " IN ACCESS EXCLUSIVE MODE;",  //
             "WITH moved AS (DELETE FROM ", rest, in_month, " RETURNING *) INSERT INTO ", name,
             " SELECT * FROM moved;",  //
             "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = '", name,
             "'::regclass) THEN ALTER TABLE ", table, " ATTACH PARTITION ", name,
             " FOR VALUES FROM ('", from, "') TO ('", to, "'); END IF; END $$; COMMIT"));
}

}  // namespace

absl::Status EnsurePartitions(const std::string& database, absl::Time now) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connect(database);
  if (!connection.ok()) return connection.status();
  const absl::CivilMonth first = absl::ToCivilMonth(now, absl::UTCTimeZone());
  for (const char* table : {"history", "ledger"}) {
    for (int ahead = 0; ahead <= kMonthsAhead; ++ahead) {
      absl::Status status = MakePartition(**connection, table, first + ahead);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::Status PruneFeed(const std::string& database, const FeedRetention& retention) {
  static const Statement kForget{"forget_feed_readers",
                                 "DELETE FROM feed_readers WHERE seen < clock_timestamp() - "
                                 "$1::int8 * interval '1 second'"};
  static const Statement kMark{"mark_feed_horizon",
                               "INSERT INTO feed_horizons SELECT clock_timestamp(), "
                               "pg_snapshot_xmin(pg_current_snapshot())"};
  // Without readers nobody misses what is complete and old.
  static const Statement kPrune{
      "prune_feed",
      "DELETE FROM feed WHERE xid < coalesce((SELECT min(xid) FROM feed_readers), "
      "pg_snapshot_xmin(pg_current_snapshot())) AND xid < (SELECT max(xid) FROM feed_horizons "
      "WHERE at <= clock_timestamp() - $1::int8 * interval '1 second')"};
  // The newest of those that are old enough is still needed.
  static const Statement kPruneMarks{
      "prune_feed_horizons",
      "DELETE FROM feed_horizons WHERE at < (SELECT max(at) FROM feed_horizons WHERE at <= "
      "clock_timestamp() - $1::int8 * interval '1 second')"};
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connect(database);
  if (!connection.ok()) return connection.status();
  const Parameters age = Parameters().Add(absl::ToInt64Seconds(retention.age));
  (*connection)->Queue(kForget, Parameters().Add(absl::ToInt64Seconds(retention.patience)));
  (*connection)->Queue(kMark);
  (*connection)->Queue(kPrune, age);
  (*connection)->Queue(kPruneMarks, age);
  return (*connection)->Run().status();
}

absl::Status PruneCommitGroups(const std::string& database, absl::Duration age) {
  static const Statement kPrune{
      "prune_commit_groups",
      "DELETE FROM commit_groups WHERE at < now() - $1::int8 * interval '1 second'"};
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connect(database);
  if (!connection.ok()) return connection.status();
  const absl::Duration kept = std::max(age, absl::Hours(1));
  return (*connection)->Run(kPrune, Parameters().Add(absl::ToInt64Seconds(kept))).status();
}

absl::Status PruneFailedLogins(const std::string& database, absl::Time now) {
  static const Statement kPrune{"prune_failed_logins",
                                "DELETE FROM failed_logins WHERE hour < $1::timestamptz"};
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connect(database);
  if (!connection.ok()) return connection.status();
  return (*connection)->Run(kPrune, Parameters().Add(HourOf(now - kLongestFailureWindow))).status();
}

}  // namespace registry::store
