#include "registry/store/feed_watch.h"

#include <libpq-fe.h>

#include <string_view>

#include "registry/store/connection.h"

namespace registry::store {
namespace {

// Of one snapshot: rows of transactions below its xmin are all visible now, so that the next look
// begins there. Those that run have rows behind it, and so may have those that have ended.
const Statement kWatch{
    "feed_watch",
    "SELECT pg_snapshot_xmin(s.snapshot)::text, s.lag, f.xid::text, f.ordinal, f.kind, f.object, "
    "f.name, f.tld FROM (SELECT pg_current_snapshot() AS snapshot, CASE WHEN pg_is_in_recovery() "
    "AND pg_last_wal_receive_lsn() <> pg_last_wal_replay_lsn() THEN coalesce((extract(epoch FROM "
    "clock_timestamp() - pg_last_xact_replay_timestamp()) * 1000)::int8, 0) ELSE 0 END AS lag) s "
    "LEFT JOIN feed f ON f.xid >= $1::text::xid8"};
const Statement kHorizon{"feed_watch_horizon",
                         "SELECT pg_snapshot_xmin(pg_current_snapshot())::text"};

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

absl::StatusOr<FeedWatch::News> FeedWatch::Poll() {
  News news;
  const auto now = std::chrono::steady_clock::now();
  if (now - last_success_ > absl::ToChronoSeconds(kFeedAge / 2)) begin_.clear();
  if (begin_.empty()) {
    news.gap = true;
    told_.clear();
    absl::StatusOr<Result> horizon = session_->Run(kHorizon);
    if (!horizon.ok()) return horizon.status();
    begin_ = horizon->Row(0).Text();
  }
  absl::StatusOr<Result> rows = session_->Run(kWatch, Parameters().Add(begin_));
  if (!rows.ok()) return rows.status();
  std::string next;
  for (int i = 0; i < rows->rows(); ++i) {
    RowReader row = rows->Row(i);
    next = row.Text();
    news.replay_lag = absl::Milliseconds(row.Int8());
    if (row.SkipNull()) break;  // there is none
    const uint64_t transaction = std::stoull(row.Text());
    const int32_t ordinal = row.Int4();
    if (!told_.emplace(transaction, ordinal).second) continue;
    FeedEntry entry;
    entry.kind = static_cast<FeedKind>(row.Letter());
    entry.object = row.Int8();
    entry.name = row.Text();
    entry.tld = row.Text();
    news.entries.push_back(std::move(entry));
  }
  // Another server's transactions may be behind ours (it was restored): we cannot know what we
  // missed.
  if (std::stoull(next) < std::stoull(begin_)) {
    begin_.clear();
    return Poll();
  }
  begin_ = next;
  told_.erase(told_.begin(), told_.lower_bound({std::stoull(begin_), INT32_MIN}));
  last_success_ = now;
  return news;
}

}  // namespace registry::store
