#include "registry/store/calendar.h"

#include <utility>

#include "registry/store/connection.h"

namespace registry::store {
namespace {

const Statement kDue{"calendar_due",
                     "SELECT at, domain FROM calendar WHERE at <= $1::timestamptz ORDER BY at, "
                     "domain LIMIT $2::int4"};
const Statement kNext{"calendar_next", "SELECT min(at) FROM calendar"};
const Statement kRemove{
    "calendar_remove",
    "DELETE FROM calendar c USING unnest($1::timestamptz[], $2::int8[]) AS u(at, domain) WHERE "
    "c.at = u.at AND c.domain = u.domain"};

ConnectionOptions Options() {
  ConnectionOptions options;
  options.application = "postel-calendar";
  options.statement_timeout = absl::Seconds(20);
  options.keyed_plans = true;
  return options;
}

}  // namespace

Calendar::Calendar(const std::string& database)
    : session_(std::make_unique<Session>(database, Options())) {}
Calendar::~Calendar() = default;

absl::StatusOr<std::vector<Calendar::Entry>> Calendar::Due(absl::Time now, int limit) {
  absl::StatusOr<Result> result = session_->Run(kDue, Parameters().Add(now).Add(int32_t{limit}));
  if (!result.ok()) return result.status();
  std::vector<Entry> entries;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    const absl::Time at = row.Time();
    entries.push_back({at, DomainKey{row.Int8()}});
  }
  return entries;
}

absl::StatusOr<absl::Time> Calendar::Next() {
  absl::StatusOr<Result> result = session_->Run(kNext);
  if (!result.ok()) return result.status();
  return result->Row(0).OptionalTime().value_or(absl::InfiniteFuture());
}

absl::Status Calendar::Remove(const std::vector<Entry>& entries) {
  Times at;
  Int8s domains;
  for (const Entry& entry : entries) {
    at.Add(entry.at);
    domains.Add(Number(entry.domain));
  }
  return session_->Run(kRemove, Parameters().Add(at).Add(domains)).status();
}

}  // namespace registry::store
