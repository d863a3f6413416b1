#include "registry/store/operator_reader.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/migrations.h"
#include "registry/store/schema_version.h"
#include "registry/store/snapshot.h"

namespace registry::store {
namespace {

const Statement kAccounts{
    "read_accounts",
    "SELECT b.registrar, b.balance, b.credit_limit, (SELECT count(*) FROM poll_messages p WHERE "
    "p.registrar = b.registrar AND p.acked_at IS NULL), (SELECT coalesce(sum(f.failures), 0)::int8 "
    "FROM failed_logins f WHERE f.registrar = b.registrar) FROM balances b ORDER BY b.registrar"};
const Statement kTlds{
    "count_tlds",
    "SELECT t.tld, count(d.tld) FILTER (WHERE d.phase = 0), count(d.tld) FILTER (WHERE d.phase = "
    "1), count(d.tld) FILTER (WHERE d.phase = 2) FROM tlds t LEFT JOIN (SELECT "
    "substring(name FROM '[^.]+$') AS tld, phase FROM domains) d ON d.tld = t.tld GROUP BY t.tld "
    "ORDER BY t.tld COLLATE \"C\""};
const Statement kCounts{
    "count_rest",
    "SELECT (SELECT count(*) FROM hosts), (SELECT count(*) FROM contacts), (SELECT count(*) FROM "
    "(SELECT FROM calendar WHERE at <= $1::timestamptz LIMIT 100000) c), (SELECT min(at) FROM "
    "calendar), (SELECT count(*) FROM poll_messages WHERE acked_at IS NULL), "
    "pg_database_size(current_database()), (SELECT count(*) FROM pg_stat_activity WHERE datname = "
    "current_database())"};
const Statement kFeed{
    "feed_lags",
    "SELECT r.name, r.seen, (SELECT count(*) FROM feed f WHERE (f.xid, f.ordinal) > (r.xid, "
    "r.ordinal)) FROM feed_readers r ORDER BY r.name"};

// By key alone: for an operator, once.
Statement NameStatement(const char* name, const char* table, const char* column) {
  return {name, Concat("SELECT coalesce((SELECT ", column, " FROM ", table,
                       " WHERE id = $2::int8), (SELECT name FROM former_names WHERE object = "
                       "$2::int8 AND kind = $1::\"char\" ORDER BY until DESC LIMIT 1))")};
}

const Statement& NameOf(ObjectKind kind) {
  static const Statement domain = NameStatement("name_of_domain", "domains", "name");
  static const Statement host = NameStatement("name_of_host", "hosts", "name");
  static const Statement contact = NameStatement("name_of_contact", "contacts", "handle");
  static const Statement organization =
      NameStatement("name_of_organization", "organizations", "handle");
  switch (kind) {
    case ObjectKind::kDomain:
      return domain;
    case ObjectKind::kHost:
      return host;
    case ObjectKind::kOrganization:
      return organization;
    case ObjectKind::kContact:
      break;
  }
  return contact;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Directory>> ReadDirectory(const std::string& database) {
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      OpenSnapshot(database, "postel-operator");
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return LoadDirectory(**connection);
}

absl::StatusOr<std::vector<RegistrarAccount>> ReadAccounts(const std::string& database) {
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      OpenSnapshot(database, "postel-operator");
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  absl::StatusOr<Result> result = (*connection)->Run(kAccounts);
  if (!result.ok()) return result.status();
  std::vector<RegistrarAccount> accounts;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    RegistrarAccount account;
    account.registrar = RegistrarKey{row.Int4()};
    account.balance = Money{row.Int8()};
    account.credit_limit = Money{row.Int8()};
    account.poll_messages = row.Int8();
    account.failed_logins = row.Int8();
    accounts.push_back(account);
  }
  return accounts;
}

absl::StatusOr<std::string> ReadName(const std::string& database, ObjectKind kind, int64_t object) {
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      OpenSnapshot(database, "postel-operator");
  if (!connection.ok()) return connection.status();
  absl::StatusOr<Result> result =
      (*connection)->Run(NameOf(kind), Parameters().Add(static_cast<char>(kind)).Add(object));
  if (!result.ok()) return result.status();
  return result->Row(0).TextOrEmpty();
}

absl::StatusOr<RegistryStatus> ReadStatus(const std::string& database, absl::Time now) {
  absl::StatusOr<std::unique_ptr<Connection>> connection =
      OpenSnapshot(database, "postel-operator");
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(**connection);
  if (!directory.ok()) return directory.status();
  (*connection)->Queue(kTlds);
  (*connection)->Queue(kCounts, Parameters().Add(now));
  (*connection)->Queue(kFeed);
  absl::StatusOr<std::vector<Result>> results = (*connection)->Run();
  if (!results.ok()) return results.status();
  RegistryStatus status;
  status.schema_version = SchemaVersion();
  status.settings = (*directory)->settings;
  for (int i = 0; i < (*results)[0].rows(); ++i) {
    RowReader row = (*results)[0].Row(i);
    TldCounts counts;
    counts.tld = row.Text();
    counts.active = row.Int8();
    counts.redemption = row.Int8();
    counts.pending_delete = row.Int8();
    status.tlds.push_back(std::move(counts));
  }
  RowReader row = (*results)[1].Row(0);
  status.hosts = row.Int8();
  status.contacts = row.Int8();
  status.calendar_due = row.Int8();
  status.calendar_oldest = row.OptionalTime().value_or(absl::InfiniteFuture());
  status.poll_messages = row.Int8();
  status.database_bytes = row.Int8();
  status.backends = row.Int8();
  for (int i = 0; i < (*results)[2].rows(); ++i) {
    RowReader reader = (*results)[2].Row(i);
    FeedLag lag;
    lag.reader = reader.Text();
    lag.seen = reader.Time();
    lag.entries = reader.Int8();
    status.feed.push_back(std::move(lag));
  }
  return status;
}

}  // namespace registry::store
