#include "registry/store/feed_watch.h"

#include <libpq-fe.h>

#include <string_view>

#include "registry/store/connection.h"

namespace registry::store {
namespace {

// Of one snapshot: rows of transactions below its xmin are all visible now, so that the next look
// begins there. Those that run have rows behind it, and so may have those that have ended: on a
// primary the last snapshot tells which of these were seen. A standby's does not say who runs.
// A standby is behind by what it has not replayed; without a stream nobody knows, so it is the age
// of what it replayed last.
const Statement kWatch{
    "feed_watch",
    "SELECT s.snapshot::text, s.lag, s.standby, f.xid::text, f.ordinal, f.kind, f.object, f.name, "
    "f.tld FROM "
    "(SELECT pg_current_snapshot() AS snapshot, pg_is_in_recovery() AS standby, CASE WHEN NOT "
    "pg_is_in_recovery() OR (EXISTS (SELECT FROM pg_stat_wal_receiver) AND "
    "pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()) THEN 0 ELSE coalesce((extract(epoch "
    "FROM clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::int8, 0) END AS lag) s "
    "LEFT JOIN feed f ON f.xid >= pg_snapshot_xmin($1::text::pg_snapshot) AND (s.standby OR NOT "
    "pg_visible_in_snapshot(f.xid, $1::text::pg_snapshot))"};
const Statement kSnapshot{"feed_watch_begin", "SELECT pg_current_snapshot()::text"};

// More than these are not remembered while a transaction runs on and on.
constexpr size_t kMostTold = 1'000'000;

// "xmin:xmax:xip,xip".
uint64_t Xmin(const std::string& snapshot) { return std::stoull(snapshot); }

ConnectionOptions Options() {
  ConnectionOptions options;
  options.application = "postel-feed-watch";
  options.connect_timeout = absl::Seconds(2);
  options.answer_timeout = absl::Seconds(5);
  options.keyed_plans = true;
  options.writable = false;
  return options;
}

}  // namespace

FeedWatch::FeedWatch(const std::string& database)
    : session_(std::make_unique<Session>(database, Options())) {}
FeedWatch::~FeedWatch() = default;

bool FeedWatch::NamesSeveralServers(const std::string& database) {
  const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
      PQconninfoParse(database.c_str(), nullptr), &PQconninfoFree);
  if (options == nullptr) return false;
  bool several = false;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    const std::string_view keyword = option->keyword;
    const std::string_view value = option->val == nullptr ? "" : option->val;
    if (keyword == "host" || keyword == "hostaddr") several |= value.find(',') != value.npos;
  }
  return several;
}

// A new connection may lead to another server, or to one that has lost its last transactions.
absl::StatusOr<Connection*> FeedWatch::Attach() {
  absl::StatusOr<Connection*> connection = session_->Get();
  if (!connection.ok()) return connection.status();
  const auto now = std::chrono::steady_clock::now();
  const bool away = now - last_success_ > absl::ToChronoSeconds(kFeedAge / 2);
  if ((*connection)->backend().pid == backend_ && !away && !last_.empty()) return connection;
  gap_ = true;
  told_.clear();
  absl::StatusOr<Result> snapshot = (*connection)->Run(kSnapshot);
  if (!snapshot.ok()) return snapshot.status();
  backend_ = (*connection)->backend().pid;
  last_ = snapshot->Row(0).Text();
  return connection;
}

absl::StatusOr<FeedWatch::News> FeedWatch::Poll() {
  const absl::StatusOr<Connection*> connection = Attach();
  if (!connection.ok()) return connection.status();
  const auto now = std::chrono::steady_clock::now();
  absl::StatusOr<Result> rows = (*connection)->Run(kWatch, Parameters().Add(last_));
  if (!rows.ok()) return rows.status();
  News news;
  std::string snapshot;
  for (int i = 0; i < rows->rows(); ++i) {
    RowReader row = rows->Row(i);
    snapshot = row.Text();
    news.replay_lag = absl::Milliseconds(row.Int8());
    const bool standby = row.Bool();
    if (row.SkipNull()) break;  // there is none
    const uint64_t transaction = std::stoull(row.Text());
    const int32_t ordinal = row.Int4();
    if (standby && !told_.emplace(transaction, ordinal).second) continue;
    FeedEntry entry;
    entry.kind = static_cast<FeedKind>(row.Letter());
    entry.object = row.Int8();
    entry.name = row.Text();
    entry.tld = row.Text();
    news.entries.push_back(std::move(entry));
  }
  last_ = snapshot;
  told_.erase(told_.begin(), told_.lower_bound({Xmin(last_), INT32_MIN}));
  if (told_.size() > kMostTold) {
    last_.clear();
    return absl::ResourceExhaustedError(
        "too much was written to the feed beside a transaction that "
        "does not end");
  }
  news.gap = gap_;
  gap_ = false;
  last_success_ = now;
  return news;
}

}  // namespace registry::store
