#include "registry/store/feed_reader.h"

#include <utility>

#include "registry/store/connection.h"

namespace registry::store {
namespace {

// Everything of a transaction below the horizon is there to be read: transactions that still run
// are not below it.
const Statement kAttach{
    "feed_attach",
    "INSERT INTO feed_readers (name, xid, ordinal) SELECT $1::text, "
    "pg_snapshot_xmin(pg_current_snapshot()), -1 ON CONFLICT (name) DO NOTHING"};
// A position ahead of the server's own transactions is of another server (restored from a dump).
const Statement kCheck{
    "feed_check",
    "SELECT xid <= pg_snapshot_xmin(pg_current_snapshot()) FROM feed_readers WHERE name = "
    "$1::text"};
const Statement kReset{"feed_reset", "DELETE FROM feed_readers WHERE name = $1::text"};
const Statement kHorizon{
    "feed_horizon",
    "SELECT pg_snapshot_xmin(pg_current_snapshot())::text, xid::text, ordinal FROM feed_readers "
    "WHERE name = $1::text"};
const Statement kRead{
    "feed_read",
    "SELECT xid::text, ordinal, kind, object, name, tld FROM feed WHERE (xid, ordinal) > "
    "($1::text::xid8, $2::int4) AND xid < $3::text::xid8 ORDER BY feed.xid, feed.ordinal LIMIT "
    "$4::int4"};
const Statement kConsume{
    "feed_consume",
    "UPDATE feed_readers SET xid = $2::text::xid8, ordinal = $3::int4, seen = clock_timestamp() "
    "WHERE name = $1::text"};
const Statement kConsumeWithNote{
    "feed_consume_note",
    "UPDATE feed_readers SET xid = $2::text::xid8, ordinal = $3::int4, note = $4::text, seen = "
    "clock_timestamp() WHERE name = $1::text"};
const Statement kKeep{"feed_keep", "UPDATE feed_readers SET note = $2::text WHERE name = $1::text"};
const Statement kNote{"feed_note", "SELECT note FROM feed_readers WHERE name = $1::text"};
const Statement kLag{
    "feed_lag",
    "SELECT count(*) FROM feed f JOIN feed_readers r ON r.name = $1::text WHERE (f.xid, f.ordinal) "
    "> (r.xid, r.ordinal)"};

absl::Status Moved(const absl::StatusOr<Result>& done) {
  if (!done.ok()) return done.status();
  if (done->tag() != "UPDATE 1") return absl::OutOfRangeError("the feed has forgotten this reader");
  return absl::OkStatus();
}

uint64_t NumberOf(const std::string& text) { return std::stoull(text); }

ConnectionOptions Options(const std::string& name) {
  ConnectionOptions options;
  options.application = "postel-feed-" + name;
  options.answer_timeout = absl::Minutes(1);
  options.keyed_plans = true;
  return options;
}

}  // namespace

FeedReader::FeedReader(const std::string& database, std::string name)
    : session_(std::make_unique<Session>(database, Options(name))), name_(std::move(name)) {}
FeedReader::~FeedReader() = default;

absl::StatusOr<FeedReader::Start> FeedReader::Attach() {
  const Parameters name = Parameters().Add(name_);
  absl::StatusOr<Result> known = session_->Run(kCheck, name);
  if (!known.ok()) return known.status();
  if (known->rows() == 1) {
    if (known->Row(0).Bool()) return Start::kResumed;
    if (absl::Status status = session_->Run(kReset, name).status(); !status.ok()) return status;
  }
  if (absl::Status status = session_->Run(kAttach, name).status(); !status.ok()) return status;
  return Start::kFresh;
}

absl::StatusOr<FeedReader::Batch> FeedReader::Read(int limit) { return ReadAfter(limit, nullptr); }

absl::StatusOr<FeedReader::Batch> FeedReader::Read(int limit, const Position& after) {
  return ReadAfter(limit, &after);
}

// Nothing: after what is consumed.
absl::StatusOr<FeedReader::Batch> FeedReader::ReadAfter(int limit, const Position* after) {
  // In two statements: what was below the horizon of the first is visible to the second.
  absl::StatusOr<Result> horizon = session_->Run(kHorizon, Parameters().Add(name_));
  if (!horizon.ok()) return horizon.status();
  if (horizon->rows() == 0) return absl::OutOfRangeError("the feed has forgotten this reader");
  RowReader ends = horizon->Row(0);
  const std::string end = ends.Text();
  const std::string consumed = ends.Text();
  const std::string begin = after == nullptr ? consumed : std::to_string(after->transaction);
  const int32_t ordinal = after == nullptr ? ends.Int4() : after->ordinal;
  absl::StatusOr<Result> rows =
      session_->Run(kRead, Parameters().Add(begin).Add(ordinal).Add(end).Add(int32_t{limit}));
  if (!rows.ok()) return rows.status();
  Batch batch;
  batch.end = {NumberOf(end), -1};
  for (int i = 0; i < rows->rows(); ++i) {
    RowReader row = rows->Row(i);
    const std::string xid = row.Text();
    const int32_t at = row.Int4();
    FeedEntry entry;
    entry.kind = static_cast<FeedKind>(row.Letter());
    entry.object = row.Int8();
    entry.name = row.Text();
    entry.tld = row.Text();
    batch.entries.push_back(std::move(entry));
    if (i + 1 == limit) batch.end = {NumberOf(xid), at};
  }
  return batch;
}

absl::Status FeedReader::Consume(const Position& position) {
  return Moved(session_->Run(
      kConsume,
      Parameters().Add(name_).Add(std::to_string(position.transaction)).Add(position.ordinal)));
}

absl::Status FeedReader::Consume(const Position& position, const std::string& note) {
  return Moved(session_->Run(kConsumeWithNote, Parameters()
                                                   .Add(name_)
                                                   .Add(std::to_string(position.transaction))
                                                   .Add(position.ordinal)
                                                   .Add(note)));
}

absl::Status FeedReader::Keep(const std::string& note) {
  return Moved(session_->Run(kKeep, Parameters().Add(name_).Add(note)));
}

absl::StatusOr<std::string> FeedReader::Note() {
  absl::StatusOr<Result> row = session_->Run(kNote, Parameters().Add(name_));
  if (!row.ok()) return row.status();
  if (row->rows() == 0) return absl::OutOfRangeError("the feed has forgotten this reader");
  return row->Row(0).Text();
}

absl::StatusOr<bool> FeedReader::Wait(absl::Duration timeout) {
  absl::StatusOr<Connection*> connection = session_->Get();
  if (!connection.ok()) return connection.status();
  if (listening_ != (*connection)->backend().pid) {
    // What came before this LISTEN is found by the next Read.
    listening_ = 0;
    if (absl::Status status = (*connection)->Script("LISTEN postel_feed"); !status.ok()) {
      return status;
    }
    listening_ = (*connection)->backend().pid;
    return true;
  }
  return (*connection)->AwaitNotification(timeout);
}

absl::StatusOr<int64_t> FeedReader::Lag() {
  absl::StatusOr<Result> result = session_->Run(kLag, Parameters().Add(name_));
  if (!result.ok()) return result.status();
  return result->Row(0).Int8();
}

absl::Status FeedReader::Detach() {
  return session_->Run(kReset, Parameters().Add(name_)).status();
}

}  // namespace registry::store
