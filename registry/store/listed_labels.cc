#include "registry/store/listed_labels.h"

#include <memory>
#include <string_view>
#include <utility>

#include "registry/base/text.h"
#include "registry/model/tld_policy.h"
#include "registry/store/connection.h"
#include "registry/store/copy_rows.h"
#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

constexpr int64_t kChunk = 20'000;  // labels in one COPY
constexpr char kBegin[] =
    "BEGIN; SET LOCAL work_mem = '64MB'; SELECT pg_advisory_xact_lock(hashtext('listed_labels'))";

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-names";
  options.answer_timeout = absl::Minutes(30);  // for millions of labels
  auto connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

absl::Status SendLabels(Connection& connection, const LabelEdit& edit,
                        const std::function<void(int64_t sent)>& progress) {
  absl::Status status = connection.Script(
      "CREATE TEMPORARY TABLE edit (label text COLLATE \"C\" NOT NULL, kind \"char\", "
      "premium_class text) ON COMMIT DROP");
  if (!status.ok()) return status;
  CopyRows rows;
  int64_t sent = 0;
  const auto send = [&] {
    absl::Status copied = connection.CopyIn(
        "COPY edit (label, kind, premium_class) FROM STDIN (FORMAT binary)", rows.octets());
    sent += rows.rows();
    rows.Clear();
    progress(sent);
    return copied;
  };
  for (const auto& [label, listed] : edit.labels) {
    rows.Begin(3).Add(label);
    if (listed) {
      rows.Add(static_cast<char>(listed->kind));
    } else {
      rows.AddNull();
    }
    if (listed && !listed->premium_class.empty()) {
      rows.Add(listed->premium_class);
    } else {
      rows.AddNull();
    }
    if (rows.rows() < kChunk) continue;
    if (status = send(); !status.ok()) return status;
  }
  if (rows.rows() > 0) status = send();
  return status;
}

// Locks the directory, since a TLD that gets its first label or loses its last changes it, and the
// policy, whose classes must stay. Last, and so for a moment only.
absl::Status LockTld(Connection& connection, const LabelEdit& edit) {
  static const Statement kRegistry{"lock_registry", "SELECT 1 FROM registry FOR NO KEY UPDATE"};
  static const Statement kTld{"lock_tld",
                              "SELECT policy FROM tlds WHERE tld = $1::text FOR NO KEY UPDATE"};
  if (auto locked = connection.Run(kRegistry); !locked.ok()) return locked.status();
  auto result = connection.Run(kTld, Parameters().Add(edit.tld));
  if (!result.ok()) return result.status();
  if (result->rows() == 0) {
    return absl::NotFoundError("this registry does not serve the top-level domain");
  }
  const auto policy = ParseTldPolicy(edit.tld, result->Row(0).Text(), PolicyOrigin::kDatabase);
  if (!policy.ok()) return policy.status();
  for (const auto& [label, listed] : edit.labels) {
    if (!listed || listed->premium_class.empty()) continue;
    if (policy->premium_classes.contains(listed->premium_class)) continue;
    return absl::InvalidArgumentError(Concat(label, ": the policy of ", edit.tld,
                                             " has no premium_class ", listed->premium_class));
  }
  return absl::OkStatus();
}

// Only what differs is written.
absl::StatusOr<LabelsEdited> ApplyEdit(Connection& connection, const LabelEdit& edit,
                                       absl::Time now) {
  static const Statement kCompare{
      "compare_labels",
      "INSERT INTO difference (label, kind, premium_class) SELECT e.label, e.kind, e.premium_class "
      "FROM edit e LEFT JOIN listed_labels l ON l.tld = $1::text AND l.label = e.label WHERE CASE "
      "WHEN e.kind IS NULL THEN l.label IS NOT NULL ELSE (l.kind, l.premium_class) IS DISTINCT "
      "FROM (e.kind, e.premium_class) END UNION ALL SELECT l.label, NULL, NULL FROM listed_labels "
      "l WHERE $2::bool AND l.tld = $1::text AND NOT EXISTS (SELECT FROM edit e WHERE e.label = "
      "l.label)"};
  static const Statement kRemove{
      "remove_labels",
      "DELETE FROM listed_labels l USING difference d WHERE l.tld = $1::text AND l.label = d.label "
      "AND d.kind IS NULL"};
  static const Statement kPut{
      "put_labels",
      "INSERT INTO listed_labels (tld, label, kind, premium_class) SELECT $1::text, label, kind, "
      "premium_class FROM difference WHERE kind IS NOT NULL ORDER BY label ON CONFLICT (tld, "
      "label) DO UPDATE SET kind = excluded.kind, premium_class = excluded.premium_class"};
  static const Statement kRecord{
      "record_labels",
      "INSERT INTO listed_label_changes (at, actor, reason, tld, label, kind, premium_class) "
      "SELECT $2::timestamptz, $3::text, $4::text, $1::text, label, kind, premium_class FROM "
      "difference"};
  static const Statement kCount{"count_labels",
                                "SELECT count(kind), count(*) - count(kind) FROM difference"};
  absl::Status status = connection.Script(
      "CREATE TEMPORARY TABLE difference (LIKE edit) ON COMMIT DROP; ANALYZE edit");
  if (!status.ok()) return status;
  const Parameters tld = Parameters().Add(edit.tld);
  auto compared = connection.Run(kCompare, Parameters().Add(edit.tld).Add(edit.replace));
  if (!compared.ok()) return compared.status();
  if (status = connection.Script("ANALYZE difference"); !status.ok()) return status;
  for (const Statement* statement : {&kRemove, &kPut}) {
    if (auto done = connection.Run(*statement, tld); !done.ok()) return done.status();
  }
  auto recorded =
      connection.Run(kRecord, Parameters().Add(edit.tld).Add(now).Add(edit.by).Add(edit.reason));
  if (!recorded.ok()) return recorded.status();
  auto counted = connection.Run(kCount);
  if (!counted.ok()) return counted.status();
  RowReader row = counted->Row(0);
  LabelsEdited edited;
  edited.put = row.Int8();
  edited.removed = row.Int8();
  return edited;
}

// Tells the processes if from now on they have, or have not, to look into the lists.
absl::Status TellIfNew(Connection& connection, const std::string& tld) {
  static const Statement kTell{
      "tell_listed",
      "WITH listed AS (UPDATE tlds t SET listed = NOT t.listed WHERE t.tld = $1::text AND t.listed "
      "<> EXISTS (SELECT FROM listed_labels l WHERE l.tld = $1::text) RETURNING 1), changed AS "
      "(UPDATE registry SET version = version + 1 WHERE EXISTS (SELECT FROM listed) RETURNING 1) "
      "SELECT pg_notify('postel_directory', '')::text FROM changed"};
  return connection.Run(kTell, Parameters().Add(tld)).status();
}

}  // namespace

absl::StatusOr<LabelsEdited> EditLabels(const std::string& database, const LabelEdit& edit,
                                        absl::Time now,
                                        const std::function<void(int64_t sent)>& progress) {
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  // What fails leaves the transaction to the end of the connection.
  // Edits of lists wait for one another, and for nothing else.
  if (absl::Status begun = (*connection)->Script(kBegin); !begun.ok()) return begun;
  if (absl::Status sent = SendLabels(**connection, edit, progress); !sent.ok()) return sent;
  auto edited = ApplyEdit(**connection, edit, now);
  if (!edited.ok()) return edited.status();
  if (absl::Status locked = LockTld(**connection, edit); !locked.ok()) return locked;
  if (absl::Status told = TellIfNew(**connection, edit.tld); !told.ok()) return told;
  if (absl::Status done = (*connection)->Script("COMMIT"); !done.ok()) return done;
  return edited;
}

absl::Status ReadLabels(
    const std::string& database, const std::string& tld, std::optional<ListedLabel::Kind> kind,
    const std::string& prefix,
    const std::function<absl::Status(const std::string& label, const ListedLabel&)>& each) {
  static const Statement kRead{
      "read_labels",
      "SELECT label, kind, premium_class FROM listed_labels WHERE tld = $1::text AND label > "
      "$2::text AND ($3::text = '' OR kind::text = $3::text) AND label >= $4::text AND "
      "starts_with(label, $4::text) "
      "ORDER BY label LIMIT 50000"};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  const std::string only = kind ? std::string(1, static_cast<char>(*kind)) : std::string();
  std::string last;
  while (true) {
    auto result = (*connection)->Run(kRead, Parameters().Add(tld).Add(last).Add(only).Add(prefix));
    if (!result.ok()) return result.status();
    for (int i = 0; i < result->rows(); ++i) {
      RowReader row = result->Row(i);
      last = row.Text();
      const auto of_kind = static_cast<ListedLabel::Kind>(row.Letter());
      if (absl::Status taken = each(last, {of_kind, row.TextOrEmpty()}); !taken.ok()) return taken;
    }
    if (result->rows() == 0) return absl::OkStatus();
  }
}

absl::StatusOr<std::vector<LabelChange>> ReadLabelChanges(const std::string& database,
                                                          const std::string& tld,
                                                          const std::string& label, int64_t most) {
  static const Statement kRead{
      "read_label_changes",
      "SELECT at, actor, reason, label, kind, premium_class FROM listed_label_changes WHERE tld = "
      "$1::text AND ($2::text = '' OR label = $2::text) ORDER BY at DESC, label LIMIT $3::int8"};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kRead, Parameters().Add(tld).Add(label).Add(most));
  if (!result.ok()) return result.status();
  std::vector<LabelChange> changes;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    LabelChange change;
    change.at = row.Time();
    change.by = row.Text();
    change.reason = row.Text();
    change.label = row.Text();
    if (!row.SkipNull()) {
      change.listed.emplace();
      change.listed->kind = static_cast<ListedLabel::Kind>(row.Letter());
    }
    std::string premium_class = row.TextOrEmpty();
    if (change.listed) change.listed->premium_class = std::move(premium_class);
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace registry::store
