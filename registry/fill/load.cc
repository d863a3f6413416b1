#include "registry/fill/load.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "registry/base/clock.h"
#include "registry/base/text.h"
#include "registry/fill/cast.h"
#include "registry/fill/keys.h"
#include "registry/fill/label.h"
#include "registry/fill/made_up_domains.h"
#include "registry/fill/staging.h"
#include "registry/fill/state.h"
#include "registry/store/bulk_insert.h"
#include "registry/store/connection.h"
#include "registry/store/database_error.h"
#include "registry/store/maintenance.h"
#include "registry/store/store.h"
#include "registry/types/years.h"

namespace fill {
namespace {

using registry::Concat;
using registry::store::BulkInsert;
using registry::store::Connection;
using registry::store::Statement;
using registry::store::Store;

constexpr std::string_view kUniqueViolation = "23505";
constexpr int kAttempts = 10;  // of a batch that somebody was in the way of

constexpr char kManager[] = "postel-fill";

absl::StatusOr<std::unique_ptr<Connection>> Connect(const std::string& database,
                                                    const char* application) {
  registry::store::ConnectionOptions options;
  options.application = application;
  options.answer_timeout = absl::Hours(2);  // a table is read or an index made without a word
  return Connection::Open(database, options);
}

absl::StatusOr<std::unique_ptr<Store>> OpenStore(const std::string& database,
                                                 registry::SystemClock* clock) {
  registry::store::StoreOptions options;
  options.database = database;
  options.application = kManager;
  options.write_lanes = 1;
  return Store::Open(std::move(options), clock);
}

absl::Status CheckRegistry(const registry::Directory& directory) {
  if (!directory.settings.sandbox) {
    return absl::FailedPreconditionError("this registry is not a sandbox: it is not filled");
  }
  for (const char* tld : {"org", "ngo", "ong"}) {
    if (directory.Tld(tld) == nullptr) {
      return absl::FailedPreconditionError(
          Concat("the registry has no TLD ", std::string_view(tld)));
    }
  }
  return absl::OkStatus();
}

// Asks again and again for a row whose first column is true.
absl::StatusOr<bool> Await(Connection& connection, const Statement& question,
                           absl::Duration patience) {
  const absl::Time asked = absl::Now();
  while (true) {
    auto answer = connection.Run(question);
    if (!answer.ok()) return answer.status();
    if (answer->Row(0).Bool()) return true;
    if (absl::Now() - asked > patience) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// For as long as the connection lasts. The server takes a moment to notice that a program is gone,
// and a commit that was on its way then may still happen: it has to be seen.
absl::Status LockOutOthers(Connection& connection) {
  static const Statement kLock{"lock_fill", "SELECT pg_try_advisory_lock(70114732003)"};
  static const Statement kAlone{
      "alone_fill",
      Concat("SELECT NOT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
             "AND application_name = '",
             kLoaderName, "')")};
  auto locked = Await(connection, kLock, absl::Seconds(5));
  if (!locked.ok()) return locked.status();
  if (!*locked) return absl::FailedPreconditionError("another fill is at work on this registry");
  auto alone = Await(connection, kAlone, absl::Minutes(5));
  if (!alone.ok()) return alone.status();
  return *alone ? absl::OkStatus()
                : absl::UnavailableError("the server still works for a fill that was interrupted");
}

// What is left of a batch.
struct Piece {
  int64_t batch;
  int64_t first;
  int64_t last;
  int64_t holder;
};

std::vector<Piece> PiecesOf(const State& state, int64_t domains) {
  std::vector<Piece> pieces;
  for (int64_t batch = 0; batch * state.batch_size < domains; ++batch) {
    const int64_t start = batch * state.batch_size;
    const auto found = state.batches.find(batch);
    const State::Batch done = found == state.batches.end() ? State::Batch() : found->second;
    const Piece piece{batch, start + done.domains + 1, std::min(domains, start + state.batch_size),
                      done.holder};
    if (piece.first <= piece.last) pieces.push_back(piece);
  }
  return pieces;
}

// What all connections work on. Outlives them.
class Work {
 public:
  Work(std::vector<Piece> pieces, int64_t done, const Report& report)
      : pieces_(std::move(pieces)), done_(done), report_(report) {}

  // Null at the end, or when it has failed.
  const Piece* Next() {
    const std::lock_guard lock(mutex_);
    if (!failure_.ok() || next_ == pieces_.size()) return nullptr;
    return &pieces_[next_++];
  }
  void Done(const Piece& piece) {
    const std::lock_guard lock(mutex_);
    done_ += piece.last - piece.first + 1;
    if (!report_(done_, "") && failure_.ok()) failure_ = absl::CancelledError("interrupted");
  }
  void Fail(absl::Status status) {
    const std::lock_guard lock(mutex_);
    if (failure_.ok()) failure_ = std::move(status);
  }
  absl::Status failure() {
    const std::lock_guard lock(mutex_);
    return failure_;
  }

 private:
  const std::vector<Piece> pieces_;
  std::mutex mutex_;
  size_t next_ = 0;  // guarded by mutex_, like the rest
  int64_t done_;
  const Report& report_;
  absl::Status failure_;
};

class Loader {
 public:
  Loader(const LoadOptions& options, const Report& report) : options_(options), report_(report) {}

  absl::StatusOr<Loaded> Run();

 private:
  absl::Status Prepare();
  absl::Status ReadState();
  absl::Status Stage();
  absl::Status LoadAll();
  void Serve(Work& work);
  absl::Status LoadPiece(Connection& connection, Keys& keys, const Piece& piece);
  absl::Status Write(Connection& connection, BulkInsert& insert, const Piece& piece,
                     int64_t holder);
  absl::Status Finish();

  const LoadOptions& options_;
  const Report& report_;
  registry::SystemClock clock_;
  std::unique_ptr<Connection> connection_;
  std::unique_ptr<Store> store_;
  State state_;
  absl::Time reference_;
  Cast cast_;
  bool staged_ = false;
};

absl::Status Loader::Prepare() {
  auto store = OpenStore(options_.database, &clock_);
  if (!store.ok()) return store.status();
  store_ = *std::move(store);
  if (absl::Status status = CheckRegistry(*store_->directory()); !status.ok()) return status;
  auto connection = Connect(options_.database, kManager);
  if (!connection.ok()) return connection.status();
  connection_ = *std::move(connection);
  if (absl::Status status = LockOutOthers(*connection_); !status.ok()) return status;
  return registry::store::EnsurePartitions(options_.database, clock_.Now());
}

absl::Status Loader::ReadState() {
  const absl::CivilDay today = registry::UtcDay(clock_.Now());
  if (options_.reference && *options_.reference > today) {
    return absl::InvalidArgumentError("the reference day is in the registry's future");
  }
  const absl::CivilDay wanted = options_.reference.value_or(today);
  auto state = OpenState(*connection_, wanted, options_.batch_size);
  if (!state.ok()) return state.status();
  state_ = *std::move(state);
  reference_ = absl::FromCivil(state_.reference, absl::UTCTimeZone());
  if (options_.reference && state_.reference != wanted && state_.domains() > 0) {
    return absl::FailedPreconditionError(
        Concat("the domains that are there have another reference day: ",
               absl::FormatCivilTime(state_.reference)));
  }
  return absl::OkStatus();
}

absl::Status Loader::Stage() {
  const Staging staging(options_.database, reference_);
  auto exists = staging.Exists(*connection_);
  if (!exists.ok()) return exists.status();
  staged_ = *exists;
  if (staged_ || state_.domains() >= options_.domains) return absl::OkStatus();
  auto pays = staging.Pays(*connection_, options_.domains - state_.domains());
  if (!pays.ok()) return pays.status();
  staged_ = *pays;
  return staged_ ? staging.Create(*connection_) : absl::OkStatus();
}

absl::StatusOr<Loaded> Loader::Run() {
  absl::Status status = Prepare();
  if (status.ok()) status = ReadState();
  if (!status.ok()) return status;
  const Staging staging(options_.database, reference_);
  auto staged = staging.Exists(*connection_);
  if (!staged.ok()) return staged.status();
  if (*staged && state_.domains() > options_.domains) {
    // An interrupted run wanted more than this one. Nobody has seen any of it.
    status = staging.Drop(*connection_);
    if (status.ok()) status = ReadState();
    if (!status.ok()) return status;
  }
  const Loaded loaded{state_.domains(), std::max<int64_t>(0, options_.domains - state_.domains()),
                      state_.reference};
  status = Stage();
  if (!status.ok()) return status;
  auto cast = Assemble(*store_, *connection_, reference_);
  if (!cast.ok()) return cast.status();
  cast_ = *std::move(cast);
  status = LoadAll();
  if (status.ok()) status = Finish();
  if (!status.ok()) return status;
  return loaded;
}

absl::Status Loader::LoadAll() {
  Work work(PiecesOf(state_, options_.domains), state_.domains(), report_);
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < options_.connections; ++i) {
      threads.emplace_back([this, &work] { Serve(work); });
    }
  }
  return work.failure();
}

void Loader::Serve(Work& work) {
  auto connection = Connect(options_.database, kLoaderName);
  if (!connection.ok()) return work.Fail(connection.status());
  if (staged_) {
    absl::Status status = (*connection)->Script(kUseStaging);
    if (!status.ok()) return work.Fail(status);
  }
  Keys keys(**connection);
  while (const Piece* piece = work.Next()) {
    absl::Status status = LoadPiece(**connection, keys, *piece);
    if (!status.ok()) return work.Fail(status);
    work.Done(*piece);
  }
}

absl::Status Loader::LoadPiece(Connection& connection, Keys& keys, const Piece& piece) {
  const auto directory = store_->directory();
  MadeUpDomains domains(cast_, *directory, reference_);
  domains.set_holder(registry::ContactKey{piece.holder});
  BulkInsert insert({registry::kOperator, "fill", reference_});
  for (int64_t number = piece.first; number <= piece.last; ++number) {
    insert.Add(domains.Make(number, keys));
  }
  if (!keys.status().ok()) return keys.status();
  absl::Status status;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    status = Write(connection, insert, piece, Number(domains.holder()));
    if (!registry::store::IsConflict(status)) break;
    // Whoever has a name keeps it.
    if (registry::store::SqlState(status) == kUniqueViolation) break;
  }
  return status;
}

absl::Status Loader::Write(Connection& connection, BulkInsert& insert, const Piece& piece,
                           int64_t holder) {
  const int64_t start = piece.batch * state_.batch_size;
  absl::Status status = connection.Script("BEGIN");
  if (status.ok()) status = insert.CopyObjects(connection);
  if (status.ok()) status = SaveBatch(connection, piece.batch, {piece.last - start, holder});
  // What is staged is announced as a whole.
  if (status.ok() && !staged_) status = insert.Announce(connection);
  if (status.ok() && !staged_) status = connection.Script("SELECT pg_notify('postel_feed', '')");
  if (status.ok()) status = connection.Script("COMMIT");
  if (status.ok() || connection.lost()) return status;
  const absl::Status rolled_back = connection.Script("ROLLBACK");
  return rolled_back.ok() ? status : rolled_back;
}

absl::Status Loader::Finish() {
  if (!staged_) return connection_->Script("ANALYZE domains, hosts, contacts, links, calendar");
  const Staging staging(options_.database, reference_);
  std::atomic<bool> go_on{true};
  const auto note = [&](std::string_view activity) {
    if (!report_(options_.domains, activity)) go_on = false;
  };
  absl::Status status = staging.BuildIndexes(*connection_, note);
  if (!status.ok()) return status;
  note("exchanging the tables");
  if (!go_on) return absl::CancelledError("interrupted");
  return staging.TakePlace(*connection_);
}

}  // namespace

absl::StatusOr<Loaded> Load(const LoadOptions& options, const Report& report) {
  absl::StatusOr<Loaded> loaded = Loader(options, report).Run();
  if (registry::store::SqlState(loaded.status()) == kUniqueViolation) {
    return absl::FailedPreconditionError(
        Concat("somebody has a name or handle that this load would make; once it is deleted, run "
               "again: ",
               std::string(loaded.status().message())));
  }
  return loaded;
}

}  // namespace fill
