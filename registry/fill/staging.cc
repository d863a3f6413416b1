#include "registry/fill/staging.h"

#include <atomic>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "registry/base/text.h"
#include "registry/store/database_error.h"

// Everything here goes by the catalogue, so that it follows the schema: columns, settings, checks,
// indexes and constraints of a staged table are read off the table whose place it takes.
namespace fill {
namespace {

using registry::Concat;
using registry::store::Connection;
using registry::store::Result;
using registry::store::RowReader;
using registry::store::Statement;

// Of all tables together: what is copied while others wait.
constexpr int64_t kMostOctets = 64 << 20;
constexpr int64_t kFewOctets = 1 << 20;
constexpr int64_t kOctetsPerDomain = 200;  // a tenth of what one takes
constexpr int kIndexBuilders = 2;
constexpr int kAttempts = 30;

// The order in which commands lock them.
constexpr char kNames[] =
    "'domains', 'hosts', 'contacts', 'links', 'calendar', 'history', 'ledger'";

absl::StatusOr<std::vector<std::string>> Texts(Connection& connection, const std::string& sql) {
  // Another text each time, so another name: a connection knows what it has prepared by that.
  static std::atomic<int> count{0};
  const std::string name = Concat("fill_catalogue_", ++count);
  const Statement statement{name.c_str(), sql};
  absl::StatusOr<Result> result = connection.Run(statement);
  if (!result.ok()) return result.status();
  std::vector<std::string> texts;
  for (int i = 0; i < result->rows(); ++i) texts.push_back(result->Row(i).TextOrEmpty());
  return texts;
}

absl::Status RunAll(Connection& connection, const std::vector<std::string>& scripts) {
  for (const std::string& script : scripts) {
    if (absl::Status status = connection.Script(script); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// Somebody held a lock for too long, or each of us waited for the other.
bool IsInTheWay(const absl::Status& status) {
  const std::string state = registry::store::SqlState(status);
  return state == "55P03" || state == "40P01";
}

}  // namespace

Staging::Staging(std::string database, absl::Time at)
    : database_(std::move(database)),
      at_(absl::FormatTime("'%Y-%m-%d %H:%M:%S+00'", at, absl::UTCTimeZone())) {}

// (name, live, part): the name of the staged table, the registry's table whose place it takes, and
// whether that is a partition.
std::string Staging::Tables() const {
  return Concat(
      "(SELECT t.name, t.ordinal, c.oid AS live, c.relname, c.relispartition AS part, c.reloptions "
      "FROM unnest(ARRAY[",
      kNames,
      "]) WITH ORDINALITY AS t(name, ordinal) JOIN pg_class c ON "
      "c.oid = CASE WHEN t.name IN ('history', 'ledger') THEN coalesce(to_regclass(format("
      "'public.%s_%s', t.name, to_char(timestamptz ",
      at_,
      ", 'YYYY_MM'))), "
      "to_regclass('public.' || t.name || '_default')) ELSE to_regclass('public.' || t.name) END)");
}

absl::StatusOr<bool> Staging::Exists(Connection& connection) const {
  auto found = Texts(connection, "SELECT 'yes' WHERE to_regclass('fill.domains') IS NOT NULL");
  if (!found.ok()) return found.status();
  return !found->empty();
}

absl::StatusOr<bool> Staging::Pays(Connection& connection, int64_t domains) const {
  const int64_t most = std::min(kMostOctets, std::max(kFewOctets, domains * kOctetsPerDomain));
  // Triggers and foreign keys would not come along.
  auto small = Texts(
      connection, Concat("SELECT 'yes' WHERE (SELECT sum(pg_relation_size(live)) FROM ", Tables(),
                         " x) < ", most, " AND NOT EXISTS (SELECT FROM pg_trigger JOIN ", Tables(),
                         " x ON live = tgrelid)"));
  if (!small.ok()) return small.status();
  return !small->empty();
}

absl::Status Staging::Create(Connection& connection) const {
  // No vacuum in between. The check is what saves reading everything when a partition is attached.
  auto scripts = Texts(
      connection,
      Concat(
          "SELECT format('CREATE TABLE fill.%I (LIKE %s INCLUDING ALL EXCLUDING INDEXES) WITH "
          "(%s)', name, live::regclass, array_to_string('autovacuum_enabled=off'::text || coalesce("
          "reloptions, '{}'), ', ')) || CASE WHEN part THEN format('; ALTER TABLE fill.%I ADD "
          "CONSTRAINT fits CHECK (%s)', name, pg_get_partition_constraintdef(live)) ELSE '' END "
          "FROM ",
          Tables(), " x ORDER BY ordinal"));
  if (!scripts.ok()) return scripts.status();
  std::string all = "BEGIN";
  for (const std::string& script : *scripts) all += ";" + script;
  return connection.Script(all + "; COMMIT");
}

absl::Status Staging::Drop(Connection& connection) const {
  return connection.Script(
      "BEGIN; DROP TABLE fill.domains, fill.hosts, fill.contacts, fill.links, fill.calendar, "
      "fill.history, fill.ledger; DELETE FROM fill.batches; DELETE FROM fill.begun; COMMIT");
}

absl::Status Staging::BuildIndexes(Connection& connection,
                                   const std::function<void(std::string_view)>& note) const {
  // Those of the largest tables first. One that an earlier run made is there.
  auto indexes = Texts(
      connection,
      Concat("SELECT replace(regexp_replace(pg_get_indexdef(i.indexrelid), ' INDEX ', ' INDEX IF "
             "NOT EXISTS '), format(' ON public.%I ', x.relname), format(' ON fill.%I ', x.name)) "
             "FROM ",
             Tables(),
             " x JOIN pg_index i ON i.indrelid = x.live ORDER BY "
             "pg_relation_size(format('fill.%I', x.name)::regclass) DESC, i.indisprimary DESC"));
  if (!indexes.ok()) return indexes.status();
  auto analyses =
      Texts(connection, Concat("SELECT format('ANALYZE fill.%I', name) FROM ", Tables(), " x"));
  if (!analyses.ok()) return analyses.status();
  indexes->insert(indexes->end(), analyses->begin(), analyses->end());

  std::atomic<size_t> next{0};
  std::mutex mutex;
  absl::Status failure;  // guarded by mutex
  const auto build = [&] {
    registry::store::ConnectionOptions options;
    options.application = kLoaderName;
    options.answer_timeout = absl::Hours(2);
    auto builder = Connection::Open(database_, options);
    absl::Status status = builder.status();
    if (status.ok()) {
      status = (*builder)->Script(
          "SET maintenance_work_mem = '512MB'; SET max_parallel_maintenance_workers = 0");
    }
    for (size_t i = next++; status.ok() && i < indexes->size(); i = next++) {
      {
        const std::lock_guard lock(mutex);
        note(Concat("indexes: ", i + 1, " of ", indexes->size()));
      }
      status = (*builder)->Script((*indexes)[i]);
    }
    const std::lock_guard lock(mutex);
    if (failure.ok()) failure = status;
  };
  {
    std::vector<std::jthread> builders;
    for (int i = 0; i < kIndexBuilders; ++i) builders.emplace_back(build);
  }
  return failure;
}

absl::Status Staging::TakePlace(Connection& connection) const {
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = TryTakePlace(connection);
    if (status.ok() || !IsInTheWay(status)) return status;
    // Those who waited behind us go first.
    std::this_thread::sleep_for(std::chrono::seconds(1));
  }
  return status;
}

absl::Status Staging::TryTakePlace(Connection& connection) const {
  auto constraints = Texts(
      connection,
      Concat("SELECT format('ALTER TABLE fill.%I ADD CONSTRAINT %I %s USING INDEX %I', x.name, "
             "c.conname, CASE c.contype WHEN 'p' THEN 'PRIMARY KEY' ELSE 'UNIQUE' END, c.conname) "
             "FROM ",
             Tables(),
             " x JOIN pg_constraint c ON c.conrelid = x.live WHERE c.contype IN "
             "('p', 'u') ORDER BY x.ordinal"));
  if (!constraints.ok()) return constraints.status();
  auto exchanges = Texts(
      connection,
      Concat("SELECT format('INSERT INTO fill.%1$I (%3$s) SELECT %3$s FROM public.%2$I; ', name, "
             "relname, (SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute WHERE "
             "attrelid = live AND attnum > 0 AND NOT attisdropped AND attgenerated = '')) || CASE "
             "WHEN part THEN format('ALTER TABLE public.%1$I DETACH PARTITION public.%2$I; ', "
             "name, relname) ELSE '' END || format('DROP TABLE public.%2$I; ALTER TABLE fill.%1$I "
             "RESET (autovacuum_enabled); ', name, relname) || CASE WHEN part THEN format('ALTER "
             "TABLE fill.%1$I RENAME TO %2$I; ', name, relname) ELSE '' END || format('ALTER TABLE "
             "fill.%1$I SET SCHEMA public; ', relname) || CASE WHEN part THEN format('ALTER TABLE "
             "public.%1$I ATTACH PARTITION public.%2$I %3$s; ALTER TABLE public.%2$I DROP "
             "CONSTRAINT fits; ', name, relname, (SELECT pg_get_expr(relpartbound, oid) FROM "
             "pg_class WHERE oid = live)) ELSE '' END FROM ",
             Tables(), " x ORDER BY ordinal"));
  if (!exchanges.ok()) return exchanges.status();

  absl::Status status = connection.Script(
      "BEGIN; SET LOCAL lock_timeout = '2s'; SET LOCAL statement_timeout = 0;"
      // What is long, before anybody waits.
      "CREATE TEMP TABLE charges ON COMMIT DROP AS SELECT registrar, sum(amount) AS amount FROM "
      "fill.ledger GROUP BY registrar");
  if (status.ok()) status = RunAll(connection, *constraints);
  if (status.ok()) {
    status = connection.Script(
        "LOCK TABLE domains, hosts, contacts, links, calendar, history, ledger IN ACCESS "
        "EXCLUSIVE MODE");
  }
  if (status.ok()) status = RunAll(connection, *exchanges);
  if (status.ok()) {
    // A reader that the feed has forgotten begins with a snapshot (store/feed_reader.h).
    status = connection.Script(
        "UPDATE balances b SET balance = b.balance + c.amount FROM charges c WHERE b.registrar = "
        "c.registrar; DELETE FROM feed_readers; SELECT pg_notify('postel_feed', ''); COMMIT");
  }
  if (!status.ok() && !connection.lost()) {
    if (absl::Status rolled_back = connection.Script("ROLLBACK"); !rolled_back.ok()) {
      return rolled_back;
    }
  }
  return status;
}

}  // namespace fill
