#include "registry/store/variant_keys.h"

#include <memory>
#include <utility>
#include <vector>

#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"

namespace registry::store {
namespace {

constexpr int64_t kRead = 20'000;  // domains at a time
constexpr size_t kWritten = 1'000;
constexpr int kAttempts = 30;
constexpr absl::Duration kLongestWait = absl::Minutes(1);

// After a name, in the order of the unique index.
const Statement kSome{
    "some_variant_keys",
    "SELECT id, name, coalesce(variant_key, '') FROM domains WHERE name > $1::text "
    "ORDER BY name LIMIT $2::int8"};
// The versions stay: nothing that a registrar or the clock does is affected.
const Statement kRenew{
    "renew_variant_keys",
    "WITH held AS (SELECT id FROM domains WHERE id = ANY($1::int8[]) ORDER BY id FOR NO KEY "
    "UPDATE) "
    "UPDATE domains d SET variant_key = nullif(u.key, ''), variant_follows = u.key <> '' FROM "
    "held, "
    "unnest($1::int8[], $2::text[]) AS u(id, key) WHERE d.id = held.id AND u.id = held.id"};

// Who keeps what was read meanwhile looks again.
const Statement kTell{
    "tell_of_variant_keys",
    "INSERT INTO feed (ordinal, kind, object, name, tld) VALUES (0, 'T', 0, $1::text, $1::text)"};

using Connected = absl::StatusOr<std::unique_ptr<Connection>>;

Connected Connect(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-variant-keys";
  options.answer_timeout = absl::Minutes(10);
  options.lock_timeout = absl::Seconds(5);
  return Connection::Open(database, options);
}

// Whatever was under way when the directory was read may have been decided by an older one: until
// the last such transaction of ours is over, a name may yet come without its key.
absl::Status AwaitOlderTransactions(Connection& connection) {
  static const Statement kNow{"variant_keys_now", "SELECT clock_timestamp()"};
  static const Statement kOlder{
      "variant_keys_older",
      "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND "
      "application_name LIKE 'postel%' AND xact_start < $1::timestamptz AND pid <> "
      "pg_backend_pid()"};
  absl::StatusOr<Result> now = connection.Run(kNow, Parameters());
  if (!now.ok()) return now.status();
  const absl::Time since = now->Row(0).Time();
  const absl::Time until = absl::Now() + kLongestWait;
  while (true) {
    absl::StatusOr<Result> older = connection.Run(kOlder, Parameters().Add(since));
    if (!older.ok()) return older.status();
    if (older->Row(0).Int8() == 0) return absl::OkStatus();
    if (absl::Now() > until) {
      return absl::DeadlineExceededError(
          "a transaction that began before does not end; try again with 'idn variants'");
    }
    absl::SleepFor(absl::Milliseconds(20));
  }
}

struct Renewed {
  int64_t id;
  std::string key;
};

absl::Status Write(Connection& connection, const std::vector<Renewed>& renewed) {
  Int8s ids;
  Texts keys;
  for (const Renewed& each : renewed) {
    ids.Add(each.id);
    keys.Add(each.key);
  }
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = connection.Run(kRenew, Parameters().Add(ids).Add(keys)).status();
    if (!absl::IsAborted(status)) break;  // else somebody held a lock for too long
  }
  return status;
}

absl::StatusOr<int64_t> Renew(Connection& connection, const Directory& directory,
                              std::string_view tld) {
  int64_t count = 0;
  std::string last;
  while (true) {
    absl::StatusOr<Result> rows = connection.Run(kSome, Parameters().Add(last).Add(kRead));
    if (!rows.ok()) return rows.status();
    if (rows->rows() == 0) return count;
    std::vector<Renewed> renewed;
    const auto flush = [&]() -> absl::Status {
      if (renewed.empty()) return absl::OkStatus();
      count += static_cast<int64_t>(renewed.size());
      return Write(connection, std::exchange(renewed, {}));
    };
    for (int i = 0; i < rows->rows(); ++i) {
      RowReader row = rows->Row(i);
      const int64_t id = row.Int8();
      const DomainName name = DomainName::Trusted(row.Text());
      last = name.text();
      if (name.tld() != tld) continue;
      std::string key = directory.VariantKey(name);
      if (key == row.Text()) continue;
      renewed.push_back({id, std::move(key)});
      if (renewed.size() < kWritten) continue;
      if (absl::Status status = flush(); !status.ok()) return status;
    }
    if (absl::Status status = flush(); !status.ok()) return status;
  }
}

absl::StatusOr<int64_t> RenewWhere(const std::string& database, const auto& concerned) {
  Connected connection = Connect(database);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(**connection);
  if (!directory.ok()) return directory.status();
  if (absl::Status over = AwaitOlderTransactions(**connection); !over.ok()) return over;
  int64_t count = 0;
  for (const TldPolicy* policy : (*directory)->tlds()) {
    if (!concerned(policy->tld, **directory)) continue;
    absl::StatusOr<int64_t> renewed = Renew(**connection, **directory, policy->tld);
    if (!renewed.ok()) return renewed.status();
    count += *renewed;
    const absl::StatusOr<Result> told = connection->get()->Run(kTell, Parameters().Add(policy->tld));
    if (!told.ok()) return told.status();
  }
  return count;
}

}  // namespace

absl::StatusOr<int64_t> RenewVariantKeys(const std::string& database, std::string_view tld) {
  return RenewWhere(database, [&](std::string_view each, const Directory&) { return each == tld; });
}

absl::StatusOr<int64_t> RenewVariantKeys(const std::string& database, const Directory& before) {
  return RenewWhere(database, [&](std::string_view tld, const Directory& now) {
    const VariantFold* was = before.Variants(tld);
    const VariantFold* is = now.Variants(tld);
    return (was == nullptr) != (is == nullptr) || (was != nullptr && !(*was == *is));
  });
}

}  // namespace registry::store
