#include "registry/store/history_reader.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/snapshot.h"

namespace registry::store {
namespace {

const Statement kHistory{"read_history",
                         "SELECT at, coalesce(happened, at), number, version, actor, client_id, "
                         "command, change FROM history WHERE object = "
                         "$2::int8 AND kind = $1::\"char\" ORDER BY version, number"};
const Statement kFormerNames{
    "former_names",
    "SELECT object FROM former_names WHERE name = $2::text AND kind = $1::\"char\""};
const Statement kDomainNamed{"domain_named", "SELECT id FROM domains WHERE name = $1::text"};
const Statement kHostNamed{"host_named", "SELECT id FROM hosts WHERE name = $1::text"};
const Statement kContactNamed{"contact_named", "SELECT id FROM contacts WHERE handle = $1::text"};
const Statement kOrganizationNamed{"organization_named",
                                   "SELECT id FROM organizations WHERE handle = $1::text"};
const Statement kLedger{"read_ledger",
                        "SELECT at, coalesce(happened, at), number, kind, amount, what, domain, "
                        "domain_version FROM ledger WHERE registrar = "
                        "$1::int4 ORDER BY at DESC, number DESC LIMIT $2::int4"};

const Statement& Named(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kDomain:
      return kDomainNamed;
    case ObjectKind::kHost:
      return kHostNamed;
    case ObjectKind::kOrganization:
      return kOrganizationNamed;
    case ObjectKind::kContact:
      break;
  }
  return kContactNamed;
}

HistoryEntry ReadEntry(RowReader row) {
  HistoryEntry entry;
  entry.at = row.Time();
  entry.happened = row.Time();
  entry.number = row.Int8();
  entry.version = row.Int4();
  entry.actor = RegistrarKey{row.Int4()};
  entry.client_id = row.Text();
  entry.command = row.Text();
  entry.change = row.Text();
  return entry;
}

}  // namespace

absl::StatusOr<std::vector<HistoryEntry>> ReadHistory(const std::string& database, ObjectKind kind,
                                                      int64_t object) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenSnapshot(database, "postel-history");
  if (!connection.ok()) return connection.status();
  absl::StatusOr<Result> result =
      (*connection)->Run(kHistory, Parameters().Add(static_cast<char>(kind)).Add(object));
  if (!result.ok()) return result.status();
  std::vector<HistoryEntry> entries;
  for (int i = 0; i < result->rows(); ++i) entries.push_back(ReadEntry(result->Row(i)));
  return entries;
}

absl::StatusOr<std::vector<int64_t>> ObjectsNamed(const std::string& database, ObjectKind kind,
                                                  std::string_view name) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenSnapshot(database, "postel-history");
  if (!connection.ok()) return connection.status();
  (*connection)->Queue(kFormerNames, Parameters().Add(static_cast<char>(kind)).Add(name));
  (*connection)->Queue(Named(kind), Parameters().Add(name));
  absl::StatusOr<std::vector<Result>> results = (*connection)->Run();
  if (!results.ok()) return results.status();
  std::vector<int64_t> keys;
  for (Result& result : *results) {
    for (int i = 0; i < result.rows(); ++i) keys.push_back(result.Row(i).Int8());
  }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

absl::StatusOr<std::vector<LedgerLine>> ReadLedger(const std::string& database,
                                                   RegistrarKey registrar, int limit) {
  absl::StatusOr<std::unique_ptr<Connection>> connection = OpenSnapshot(database, "postel-ledger");
  if (!connection.ok()) return connection.status();
  absl::StatusOr<Result> result =
      (*connection)->Run(kLedger, Parameters().Add(Number(registrar)).Add(int32_t{limit}));
  if (!result.ok()) return result.status();
  std::vector<LedgerLine> lines;
  for (int i = result->rows() - 1; i >= 0; --i) {
    RowReader row = result->Row(i);
    LedgerLine line;
    line.at = row.Time();
    line.happened = row.Time();
    line.number = row.Int8();
    line.kind = row.Letter();
    line.amount = Money{row.Int8()};
    line.what = row.Text();
    line.domain = DomainKey{row.Int8OrZero()};
    line.domain_version = row.Int4();
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace registry::store
