#include "registry/store/add_grace_limits.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/directory_loader.h"
#include "registry/store/low_balance.h"
#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

constexpr int kMonthsBack = 3;
constexpr absl::Duration kSettled = absl::Hours(1);

// Creates that cost something and their refunds, by registrar and TLD. A domain that was deleted in
// its add grace period is gone; its name is among the former ones.
const Statement kUse{
    "add_grace_use",
    "SELECT u.id, u.handle, u.tld, u.created, u.undone, u.refunds, coalesce((SELECT CASE WHEN "
    "c.amount = 0 THEN 1 ELSE 2 END FROM agp_charges c WHERE c.month = $1::timestamptz AND "
    "c.registrar = u.id AND c.tld = u.tld), 0) FROM (SELECT r.id, r.handle, "
    "split_part(coalesce(d.name, f.name), '.', 2) AS tld, count(*) FILTER (WHERE l.kind = 'c' AND "
    "l.amount <> 0) AS "
    "created, count(*) FILTER (WHERE l.kind = 'r') AS undone, array_agg(l.amount ORDER BY l.at, "
    "l.number) FILTER (WHERE h.actor = l.registrar) AS refunds FROM ledger l JOIN registrars r ON "
    "r.id = l.registrar LEFT JOIN domains d ON d.id = l.domain LEFT JOIN former_names f ON "
    "f.object "
    "= l.domain AND f.kind = 'D' AND d.id IS NULL LEFT JOIN history h ON l.kind = 'r' AND h.object "
    "= l.domain AND h.number = l.number AND h.kind = 'D' AND h.change = '{\"deleted\":true}' WHERE "
    "l.at >= $1::timestamptz AND l.at < $2::timestamptz AND l.what = 'create' AND l.kind IN ('c', "
    "'r') GROUP BY r.id, r.handle, 3) u WHERE u.refunds IS NOT NULL ORDER BY u.handle, u.tld"};

absl::Time Begin(absl::CivilMonth month) { return absl::FromCivil(month, absl::UTCTimeZone()); }

std::string MonthText(absl::CivilMonth month) {
  return absl::FormatTime("%Y-%m", Begin(month), absl::UTCTimeZone());
}

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-agp";
  absl::StatusOr<std::unique_ptr<Connection>> connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

struct Row {
  int32_t registrar = 0;
  AddGraceUse use;
};

absl::StatusOr<std::vector<Row>> ReadRows(Connection& connection, absl::CivilMonth month) {
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(connection);
  if (!directory.ok()) return directory.status();
  absl::StatusOr<Result> result =
      connection.Run(kUse, Parameters().Add(Begin(month)).Add(Begin(month + 1)));
  if (!result.ok()) return result.status();
  std::vector<Row> rows;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader reader = result->Row(i);
    Row row;
    row.registrar = reader.Int4();
    AddGraceUse& use = row.use;
    use.registrar = reader.Text();
    use.tld = reader.TextOrEmpty();
    use.created = reader.Int8();
    const int64_t undone = reader.Int8();
    const std::vector<int64_t> refunds = reader.Int8Array();
    use.deleted = std::ssize(refunds);
    use.state = static_cast<AddGraceUse::State>(reader.Int4());
    if (const TldPolicy* policy = (*directory)->Tld(use.tld)) {
      const int64_t free =
          FreeAddGraceDeletions(use.created, undone, policy->agp_percent, policy->agp_free);
      use.excess = std::max<int64_t>(0, use.deleted - free);
      for (int64_t over = free; over < use.deleted; ++over) {
        use.charge += Money{refunds[static_cast<size_t>(over)]};
      }
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

absl::Status Charge(Connection& connection, absl::CivilMonth month, const Row& row,
                    absl::Time now) {
  // One statement, so one transaction; whoever comes second does nothing.
  static const Statement kCharge{
      "charge_agp_excess",
      "WITH done AS (INSERT INTO agp_charges (month, registrar, tld, excess, amount, at) VALUES "
      "($1::timestamptz, $2::int4, $3::text, $5::int8, $6::int8, $4::timestamptz) ON CONFLICT DO "
      "NOTHING RETURNING *), entry AS (INSERT INTO ledger (at, registrar, kind, amount, what, "
      "domain_version, number) SELECT at, registrar, 'c', -amount, $7::text, 0, (SELECT "
      "nextval('transactions')) FROM done), changed AS (UPDATE balances b SET balance = b.balance "
      "- "
      "d.amount FROM done d WHERE b.registrar = d.registrar RETURNING b.registrar, b.balance + "
      "b.credit_limit AS credit, -d.amount AS amount, b.low_balance), told AS (" +
          std::string(kTellLowBalance) +
          ") INSERT INTO poll_messages (registrar, queued, text, object_name) SELECT "
          "registrar, at, $8::text, '' FROM done"};
  const AddGraceUse& use = row.use;
  const std::string month_text = MonthText(month);
  return connection
      .Run(
          kCharge,
          Parameters()
              .Add(Begin(month))
              .Add(row.registrar)
              .Add(use.tld)
              .Add(now)
              .Add(use.excess)
              .Add(use.charge.minor)
              .Add(Concat("agp excess ", month_text, " ", use.tld))
              .Add(Concat(use.excess, " deletions in the add grace period beyond the limit of ",
                          use.tld, " in ", month_text, " were charged: ", FormatMoney(use.charge))))
      .status();
}

absl::Status ChargeMonth(Connection& connection, absl::CivilMonth month, absl::Time now) {
  static const Statement kIsDone{"agp_month_done",
                                 "SELECT count(*) FROM agp_months WHERE month = $1::timestamptz"};
  static const Statement kDone{
      "agp_month_ends",
      "INSERT INTO agp_months (month) VALUES ($1::timestamptz) ON CONFLICT "
      "DO NOTHING"};
  absl::StatusOr<Result> done = connection.Run(kIsDone, Parameters().Add(Begin(month)));
  if (!done.ok()) return done.status();
  if (done->Row(0).Int8() > 0) return absl::OkStatus();
  absl::StatusOr<std::vector<Row>> rows = ReadRows(connection, month);
  if (!rows.ok()) return rows.status();
  for (const Row& row : *rows) {
    if (row.use.charge <= Money{} || row.use.state != AddGraceUse::State::kOpen) continue;
    if (absl::Status status = Charge(connection, month, row, now); !status.ok()) return status;
  }
  return connection.Run(kDone, Parameters().Add(Begin(month))).status();
}

}  // namespace

int64_t FreeAddGraceDeletions(int64_t created, int64_t deleted, int percent, int free) {
  const int64_t net = std::max<int64_t>(0, created - deleted);
  return std::max<int64_t>(free, net * percent / 100);
}

absl::StatusOr<std::vector<AddGraceUse>> ReadAddGraceUse(const std::string& database,
                                                         absl::CivilMonth month) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Open(database);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<std::vector<Row>> rows = ReadRows(**connection, month);
  if (!rows.ok()) return rows.status();
  std::vector<AddGraceUse> uses;
  for (Row& row : *rows) uses.push_back(std::move(row.use));
  return uses;
}

absl::Status ExemptFromAddGraceLimits(const std::string& database, absl::CivilMonth month,
                                      const std::string& registrar, const std::string& tld) {
  static const Statement kExempt{
      "exempt_agp",
      "WITH asked AS (SELECT id FROM registrars WHERE handle = $2::text), done AS (INSERT INTO "
      "agp_charges (month, registrar, tld, excess, amount, at) SELECT $1::timestamptz, id, "
      "$3::text, "
      "0, 0, clock_timestamp() FROM asked ON CONFLICT DO NOTHING RETURNING 1) SELECT (SELECT "
      "count(*) FROM asked), (SELECT count(*) FROM done), (SELECT count(*) FROM agp_charges c JOIN "
      "asked a ON a.id = c.registrar WHERE c.month = $1::timestamptz AND c.tld = $3::text AND "
      "c.amount > 0)"};
  absl::StatusOr<std::unique_ptr<Connection>> connection = Open(database);
  if (!connection.ok()) return connection.status();
  absl::StatusOr<Result> result =
      (*connection)->Run(kExempt, Parameters().Add(Begin(month)).Add(registrar).Add(tld));
  if (!result.ok()) return result.status();
  RowReader row = result->Row(0);
  const int64_t known = row.Int8(), added = row.Int8(), charged = row.Int8();
  if (known == 0) return absl::NotFoundError("the registrar does not exist");
  if (added == 0 && charged > 0) {
    return absl::AlreadyExistsError("the month has been charged; give a deposit instead");
  }
  return absl::OkStatus();
}

absl::Status ChargeAddGraceExcess(const std::string& database, absl::Time now) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = Open(database);
  if (!connection.ok()) return connection.status();
  const absl::CivilMonth current = absl::ToCivilMonth(now - kSettled, absl::UTCTimeZone());
  for (int back = kMonthsBack; back >= 1; --back) {
    if (absl::Status status = ChargeMonth(**connection, current - back, now); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace registry::store
