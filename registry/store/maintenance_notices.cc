#include "registry/store/maintenance_notices.h"

#include <memory>
#include <utility>

#include "registry/base/text.h"
#include "registry/rules/maintenances.h"
#include "registry/store/directory_loader.h"
#include "registry/store/schema_version.h"

namespace registry::store {
namespace {

using Kind = MaintenanceNotice::Kind;

// The number means nothing.
constexpr char kBegin[] =
    "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_advisory_xact_lock(70114732003)";

absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database) {
  ConnectionOptions options;
  options.application = "postel-maintenance";
  auto connection = Connection::Open(database, options);
  if (!connection.ok()) return connection.status();
  if (absl::Status status = CheckSchema(**connection); !status.ok()) return status;
  return connection;
}

std::optional<absl::Time> Finite(absl::Time time) {
  return time == absl::InfiniteFuture() ? std::nullopt : std::optional(time);
}

// Puts the message into the queue of every registrar whom one of the maintenances concerns (the
// notice's own, and what it was before), and keeps the record. The number of registrars.
absl::StatusOr<int64_t> TellRegistrars(Connection& connection, const MaintenanceNotice& notice,
                                       const Maintenance& before, const Directory& directory,
                                       const std::string& by, absl::Time now) {
  static const Statement kQueue{
      "queue_maintenance_messages",
      "INSERT INTO poll_messages (registrar, queued, text, object_name, notice, detail) SELECT r, "
      "$2::timestamptz, $3::text, $4::text, $5::\"char\", $6::text FROM unnest($1::int4[]) r ORDER "
      "BY r"};
  static const Statement kRecord{
      "record_maintenance",
      "INSERT INTO maintenance_changes (at, actor, kind, id, content) VALUES ($1::timestamptz, "
      "$2::text, $3::\"char\", $4::text, $5::text)"};
  Int4s registrars;
  for (const Registrar* registrar : directory.registrars()) {
    if (Concerns(notice.maintenance, *registrar, directory) ||
        Concerns(before, *registrar, directory)) {
      registrars.Add(Number(registrar->key));
    }
  }
  const PollMessage message = MessageOf(notice, now);
  connection.Queue(kQueue, Parameters()
                               .Add(registrars)
                               .Add(message.queued)
                               .Add(message.text)
                               .Add(message.object_name)
                               .Add(static_cast<char>(message.notice))
                               .Add(message.detail));
  connection.Queue(kRecord, Parameters()
                                .Add(now)
                                .Add(by)
                                .Add(static_cast<char>(notice.kind))
                                .Add(notice.maintenance.id)
                                .Add(FormatMaintenance(notice.maintenance)));
  if (auto done = connection.Run(); !done.ok()) return done.status();
  return registrars.size();
}

absl::Status Broken(const absl::Status& status) {
  return absl::InternalError(Concat("the database's ", std::string(status.message())));
}

// One row of `maintenances`.
struct Row {
  Maintenance maintenance;
  std::optional<absl::Time> courtesy;
  bool ended = false;
};

constexpr char kColumns[] = "content, courtesy, ended";

absl::StatusOr<Row> ReadRow(RowReader reader) {
  absl::StatusOr<Maintenance> maintenance = ParseMaintenance(reader.Text());
  if (!maintenance.ok()) {
    return Broken(maintenance.status());
  }
  Row row;
  row.maintenance = *std::move(maintenance);
  row.courtesy = reader.OptionalTime();
  row.ended = reader.Bool();
  return row;
}

absl::StatusOr<Row> FindRunning(Connection& connection, const std::string& id, absl::Time now) {
  static const Statement kFind{
      "find_maintenance",
      Concat("SELECT ", kColumns, " FROM maintenances WHERE id = $1::text FOR UPDATE")};
  auto result = connection.Run(kFind, Parameters().Add(id));
  if (!result.ok()) return result.status();
  if (result->rows() == 0) return absl::NotFoundError("there is no such maintenance");
  absl::StatusOr<Row> row = ReadRow(result->Row(0));
  if (row.ok() && (row->ended || row->maintenance.ends <= now)) {
    return absl::FailedPreconditionError("the maintenance has ended");
  }
  return row;
}

absl::Status CheckIdIsNew(Connection& connection, const std::string& id) {
  static const Statement kUsed{
      "maintenance_id_used",
      "SELECT EXISTS (SELECT FROM maintenance_changes WHERE id = "
      "$1::text) OR EXISTS (SELECT FROM maintenances WHERE id = $1::text)"};
  auto used = connection.Run(kUsed, Parameters().Add(id));
  if (!used.ok()) return used.status();
  if (!used->Row(0).Bool()) return absl::OkStatus();
  return absl::AlreadyExistsError("there is, or was, a maintenance with this id");
}

absl::Status CheckRoom(Connection& connection) {
  static const Statement kCount{"count_maintenances",
                                "SELECT count(*) FROM maintenances WHERE NOT ended"};
  auto count = connection.Run(kCount);
  if (!count.ok()) return count.status();
  if (count->Row(0).Int8() < static_cast<int64_t>(kMostMaintenances)) return absl::OkStatus();
  return absl::FailedPreconditionError(
      Concat("at most ", kMostMaintenances, " maintenances are planned or running at a time"));
}

absl::Status Check(const Maintenance& maintenance, const Directory& directory) {
  std::string wrong = WhatIsWrong(maintenance, directory);
  return wrong.empty() ? absl::OkStatus() : absl::InvalidArgumentError(std::move(wrong));
}

// A connection with the transaction open, and the directory as it is.
struct Edit {
  std::unique_ptr<Connection> connection;
  std::shared_ptr<const Directory> directory;
};

absl::StatusOr<Edit> Begin(const std::string& database) {
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  // What fails leaves the transaction to the end of the connection.
  if (absl::Status begun = (*connection)->Script(kBegin); !begun.ok()) return begun;
  auto directory = LoadDirectory(**connection);
  if (!directory.ok()) return directory.status();
  return Edit{*std::move(connection), *std::move(directory)};
}

absl::StatusOr<MaintenanceDone> Commit(Edit& edit, Kind kind, Maintenance maintenance,
                                       const Maintenance& before, const std::string& by,
                                       absl::Time now) {
  MaintenanceNotice notice{kind, std::move(maintenance)};
  auto told = TellRegistrars(*edit.connection, notice, before, *edit.directory, by, now);
  if (!told.ok()) return told.status();
  if (absl::Status done = edit.connection->Script("COMMIT"); !done.ok()) return done;
  return MaintenanceDone{std::move(notice.maintenance), *told};
}

}  // namespace

absl::StatusOr<MaintenanceDone> CreateMaintenance(const std::string& database,
                                                  Maintenance maintenance, const std::string& by,
                                                  absl::Time now) {
  static const Statement kInsert{
      "insert_maintenance",
      "INSERT INTO maintenances (id, content, starts, ends, courtesy) VALUES ($1::text, $2::text, "
      "$3::timestamptz, $4::timestamptz, $5::timestamptz)"};
  maintenance.created = now;
  maintenance.updated.reset();
  auto edit = Begin(database);
  if (!edit.ok()) return edit.status();
  absl::Status checked = Check(maintenance, *edit->directory);
  if (checked.ok() && maintenance.ends <= now) {
    checked = absl::InvalidArgumentError("the end has to be in the future");
  }
  if (checked.ok()) checked = CheckIdIsNew(*edit->connection, maintenance.id);
  if (checked.ok()) checked = CheckRoom(*edit->connection);
  if (!checked.ok()) return checked;
  const absl::Duration courtesy = edit->directory->settings.maintenance_courtesy;
  auto inserted =
      edit->connection->Run(kInsert, Parameters()
                                         .Add(maintenance.id)
                                         .Add(FormatMaintenance(maintenance))
                                         .Add(maintenance.starts)
                                         .Add(maintenance.ends)
                                         .Add(Finite(CourtesyTime(maintenance, courtesy, now))));
  if (!inserted.ok()) return inserted.status();
  const Maintenance before = maintenance;
  return Commit(*edit, Kind::kCreate, std::move(maintenance), before, by, now);
}

absl::StatusOr<MaintenanceDone> UpdateMaintenance(
    const std::string& database, const std::string& id,
    const std::function<absl::Status(Maintenance&)>& change, const std::string& by,
    absl::Time now) {
  static const Statement kUpdate{
      "update_maintenance",
      "UPDATE maintenances SET content = $2::text, starts = $3::timestamptz, ends = "
      "$4::timestamptz, courtesy = $5::timestamptz WHERE id = $1::text"};
  auto edit = Begin(database);
  if (!edit.ok()) return edit.status();
  absl::StatusOr<Row> row = FindRunning(*edit->connection, id, now);
  if (!row.ok()) return row.status();
  Maintenance after = row->maintenance;
  if (absl::Status changed = change(after); !changed.ok()) return changed;
  if (after == row->maintenance) return absl::InvalidArgumentError("nothing to change");
  if (absl::Status checked = Check(after, *edit->directory); !checked.ok()) return checked;
  after.updated = now;
  std::optional<absl::Time> courtesy = row->courtesy;
  if (after.starts != row->maintenance.starts) {
    courtesy = Finite(CourtesyTime(after, edit->directory->settings.maintenance_courtesy, now));
  }
  auto updated = edit->connection->Run(kUpdate, Parameters()
                                                    .Add(id)
                                                    .Add(FormatMaintenance(after))
                                                    .Add(after.starts)
                                                    .Add(after.ends)
                                                    .Add(courtesy));
  if (!updated.ok()) return updated.status();
  return Commit(*edit, Kind::kUpdate, std::move(after), row->maintenance, by, now);
}

absl::StatusOr<MaintenanceDone> DeleteMaintenance(const std::string& database,
                                                  const std::string& id, const std::string& by,
                                                  absl::Time now) {
  static const Statement kDelete{"delete_maintenance",
                                 "DELETE FROM maintenances WHERE id = $1::text"};
  auto edit = Begin(database);
  if (!edit.ok()) return edit.status();
  absl::StatusOr<Row> row = FindRunning(*edit->connection, id, now);
  if (!row.ok()) return row.status();
  auto deleted = edit->connection->Run(kDelete, Parameters().Add(id));
  if (!deleted.ok()) return deleted.status();
  return Commit(*edit, Kind::kDelete, row->maintenance, row->maintenance, by, now);
}

absl::StatusOr<std::vector<MaintenanceRecord>> ReadMaintenances(const std::string& database,
                                                                bool all, absl::Time now) {
  static const Statement kRead{
      "read_maintenances",
      Concat("SELECT ", kColumns,
             " FROM maintenances WHERE $1::bool OR ends > $2::timestamptz ORDER BY starts, id")};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kRead, Parameters().Add(all).Add(now));
  if (!result.ok()) return result.status();
  std::vector<MaintenanceRecord> records;
  for (int i = 0; i < result->rows(); ++i) {
    absl::StatusOr<Row> row = ReadRow(result->Row(i));
    if (!row.ok()) return row.status();
    records.push_back({std::move(row->maintenance), row->courtesy, row->ended});
  }
  return records;
}

absl::StatusOr<std::vector<MaintenanceChange>> ReadMaintenanceChanges(const std::string& database,
                                                                      const std::string& id,
                                                                      int64_t most) {
  static const Statement kRead{
      "read_maintenance_changes",
      "SELECT at, actor, kind, content FROM maintenance_changes WHERE $1::text IN ('', id) ORDER "
      "BY at DESC, id LIMIT $2::int8"};
  auto connection = Open(database);
  if (!connection.ok()) return connection.status();
  auto result = (*connection)->Run(kRead, Parameters().Add(id).Add(most));
  if (!result.ok()) return result.status();
  std::vector<MaintenanceChange> changes;
  for (int i = 0; i < result->rows(); ++i) {
    RowReader row = result->Row(i);
    MaintenanceChange change;
    change.at = row.Time();
    change.by = row.Text();
    change.notice.kind = static_cast<Kind>(row.Letter());
    absl::StatusOr<Maintenance> maintenance = ParseMaintenance(row.Text());
    if (!maintenance.ok()) {
      return Broken(maintenance.status());
    }
    change.notice.maintenance = *std::move(maintenance);
    changes.push_back(std::move(change));
  }
  return changes;
}

namespace {

ConnectionOptions ClockOptions() {
  ConnectionOptions options;
  options.application = "postel-maintenance";
  options.statement_timeout = absl::Seconds(20);
  return options;
}

}  // namespace

MaintenanceClock::MaintenanceClock(const std::string& database)
    : session_(database, ClockOptions()) {}

absl::StatusOr<MaintenanceClock::Told> MaintenanceClock::TellDue(absl::Time now) {
  // No lock, as long as there is nothing to do.
  static const Statement kAny{"any_maintenance_due",
                              "SELECT EXISTS (SELECT FROM maintenances WHERE NOT ended AND "
                              "(courtesy <= $1::timestamptz OR ends <= $1::timestamptz))"};
  auto any = session_.Run(kAny, Parameters().Add(now));
  if (!any.ok()) return any.status();
  Told told;
  if (!any->Row(0).Bool()) return told;
  absl::StatusOr<Connection*> connection = session_.Get();
  if (!connection.ok()) return connection.status();
  absl::Status status = (*connection)->Script(kBegin);
  if (status.ok()) status = Tell(**connection, now, &told);
  if (status.ok()) status = (*connection)->Script("COMMIT");
  if (status.ok()) return told;
  (void)(*connection)->Script("ROLLBACK");  // the first error is the one to report
  return status;
}

absl::Status MaintenanceClock::Tell(Connection& connection, absl::Time now, Told* told) {
  static const Statement kDue{
      "maintenances_due",
      Concat("SELECT ", kColumns,
             " FROM maintenances WHERE NOT ended AND (courtesy <= $1::timestamptz OR ends <= "
             "$1::timestamptz) ORDER BY ends, id FOR UPDATE")};
  static const Statement kTold{
      "maintenance_told",
      "UPDATE maintenances SET courtesy = NULL, ended = $2::bool WHERE id = $1::text"};
  auto result = connection.Run(kDue, Parameters().Add(now));
  if (!result.ok()) return result.status();
  absl::StatusOr<std::shared_ptr<const Directory>> directory = LoadDirectory(connection);
  if (!directory.ok()) return directory.status();
  for (int i = 0; i < result->rows(); ++i) {
    absl::StatusOr<Row> row = ReadRow(result->Row(i));
    if (!row.ok()) return row.status();
    const Maintenance& maintenance = row->maintenance;
    const bool ended = maintenance.ends <= now;
    auto marked = connection.Run(kTold, Parameters().Add(maintenance.id).Add(ended));
    if (!marked.ok()) return marked.status();
    if (!ended && maintenance.starts <= now) continue;  // too late to remind anybody
    const MaintenanceNotice notice{ended ? Kind::kEnd : Kind::kCourtesy, maintenance};
    auto messages = TellRegistrars(connection, notice, maintenance, **directory, "clock", now);
    if (!messages.ok()) return messages.status();
    ++told->notices;
    told->messages += *messages;
  }
  return absl::OkStatus();
}

}  // namespace registry::store
