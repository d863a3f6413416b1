#include "registry/store/calendar.h"

#include <utility>

#include "registry/store/connection.h"

namespace registry::store {
namespace {

const Statement kDue{"calendar_due",
                     "SELECT at, object, is_contact FROM ((SELECT at, domain AS object, false AS "
                     "is_contact FROM calendar WHERE at <= $1::timestamptz ORDER BY at, domain "
                     "LIMIT $2::int4) UNION ALL (SELECT at, contact, true FROM contact_calendar "
                     "WHERE at <= $1::timestamptz ORDER BY at, contact LIMIT $2::int4)) due ORDER "
                     "BY at, object LIMIT $2::int4"};
const Statement kNext{
    "calendar_next",
    "SELECT least((SELECT min(at) FROM calendar), (SELECT min(at) FROM contact_calendar))"};
const Statement kRemove{
    "calendar_remove",
    "DELETE FROM calendar c USING unnest($1::timestamptz[], $2::int8[]) AS u(at, domain) WHERE "
    "c.at = u.at AND c.domain = u.domain"};
const Statement kRemoveContacts{
    "contact_calendar_remove",
    "DELETE FROM contact_calendar c USING unnest($1::timestamptz[], $2::int8[]) AS u(at, contact) "
    "WHERE c.at = u.at AND c.contact = u.contact"};

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
    const int64_t object = row.Int8();
    entries.push_back({at, row.Bool() ? ObjectKind::kContact : ObjectKind::kDomain, object});
  }
  return entries;
}

absl::StatusOr<absl::Time> Calendar::Next() {
  absl::StatusOr<Result> result = session_->Run(kNext);
  if (!result.ok()) return result.status();
  return result->Row(0).OptionalTime().value_or(absl::InfiniteFuture());
}

absl::Status Calendar::Remove(const std::vector<Entry>& entries) {
  for (const auto& [kind, statement] : {std::pair(ObjectKind::kDomain, &kRemove),
                                        std::pair(ObjectKind::kContact, &kRemoveContacts)}) {
    Times at;
    Int8s objects;
    for (const Entry& entry : entries) {
      if (entry.kind != kind) continue;
      at.Add(entry.at);
      objects.Add(entry.object);
    }
    if (objects.size() == 0) continue;
    absl::Status removed = session_->Run(*statement, Parameters().Add(at).Add(objects)).status();
    if (!removed.ok()) return removed;
  }
  return absl::OkStatus();
}

}  // namespace registry::store
