#include "registry/store/execute.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <random>
#include <thread>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/commands/domain_materialize.h"
#include "registry/store/commit_outcome.h"
#include "registry/store/database_error.h"
#include "registry/store/directory_loader.h"

namespace registry::store {
namespace {

const Statement kBeginWrite{"begin_write", "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"};
const Statement kBeginRead{"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};
const Statement kCommit{"commit", "COMMIT"};
const Statement kRollback{"rollback", "ROLLBACK"};

// A group that meets conflicts so often is run in halves; a single command is given up.
constexpr int kGroupConflicts = 6;
constexpr int kSingleConflicts = 24;
// Likewise one that loses its connection again and again though the database is there: a command
// may be what kills the server's process.
constexpr int kGroupLosses = 4;
constexpr int kSingleLosses = 12;
constexpr absl::Duration kReconnectPause = absl::Milliseconds(200);
// How long a lost server process may finish its commit by itself.
constexpr absl::Duration kCommitPatience = absl::Seconds(2);
// Nobody is told that a command failed while its commit is unknown, unless the database stays away
// for so many command timeouts.
constexpr int kUnknownTimeouts = 10;

ConnectionOptions OptionsFor(const StoreOptions& store) {
  ConnectionOptions options;
  options.application = store.application;
  options.connect_timeout = std::min(absl::Seconds(5), store.command_timeout);
  options.answer_timeout = store.command_timeout;
  options.lock_timeout = store.command_timeout / 4;
  options.statement_timeout = store.command_timeout / 2;
  options.idle_in_transaction_timeout = store.command_timeout;
  options.keyed_plans = true;
  // Readers of a process that writes see its writes: a standby will not do for them either.
  options.writable = store.write_lanes > 0;
  return options;
}

void Sleep(absl::Duration duration) {
  std::this_thread::sleep_for(absl::ToChronoNanoseconds(duration));
}

void Call(const std::function<void()>& fault) {
  if (fault) fault();
}

}  // namespace

Executor::Executor(Shared& shared, bool writes)
    : shared_(shared), writes_(writes), connection_options_(OptionsFor(shared.options)) {}

void Executor::Execute(Batch group) {
  std::vector<Batch> waiting;
  waiting.push_back(std::move(group));
  while (!waiting.empty()) {
    Batch batch = std::move(waiting.back());
    waiting.pop_back();
    const size_t split_at = RunBatch(batch);
    if (split_at == 0) continue;
    Batch rest(std::make_move_iterator(batch.begin() + static_cast<std::ptrdiff_t>(split_at)),
               std::make_move_iterator(batch.end()));
    batch.resize(split_at);
    waiting.push_back(std::move(rest));
    waiting.push_back(std::move(batch));  // the earlier ones first
  }
}

size_t Executor::RunBatch(Batch& batch) {
  LoadMode mode = writes_ ? LoadMode::kWrite : LoadMode::kRead;
  int conflicts = 0, losses = 0;
  bool extend = true;
  while (!batch.empty()) {
    if (!Connect(batch)) return 0;
    Attempt attempt = writes_ ? TryWrite(batch, mode, extend) : TryRead(batch);
    switch (attempt.verdict) {
      case Attempt::Verdict::kExtended:
        extend = false;  // who else turns up meanwhile is refused, and succeeds when asked again
        break;
      case Attempt::Verdict::kAnswered:
        return 0;
      case Attempt::Verdict::kSplit:
        return attempt.split_at;
      case Attempt::Verdict::kBroken:
        return HalveOrFail(batch, attempt.status);
      case Attempt::Verdict::kConflict:
        if (IsOverdrawn(attempt.status)) mode = LoadMode::kWriteLockingBalances;
        if (++conflicts == (batch.size() > 1 ? kGroupConflicts : kSingleConflicts)) {
          return HalveOrFail(batch, attempt.status);
        }
        AfterConflict(batch, attempt, conflicts);
        break;
      case Attempt::Verdict::kUnknown:
      case Attempt::Verdict::kLost:
        ReportUnreachable(attempt.status);
        if (attempt.verdict == Attempt::Verdict::kUnknown && Resolve(batch)) return 0;
        if (++losses == (batch.size() > 1 ? kGroupLosses : kSingleLosses)) {
          return HalveOrFail(batch, attempt.status);
        }
        break;
    }
  }
  return 0;
}

// Those that have waited too long fail at once: every half takes its time again.
size_t Executor::HalveOrFail(Batch& batch, const absl::Status& status) {
  if (batch.size() > 1) FailExpired(batch, shared_.options.command_timeout, status);
  if (batch.size() > 1) return batch.size() / 2;
  if (batch.empty()) return 0;
  Fail(batch, status);
  return 0;
}

// A server that crashed, or its successor, may give the same numbers to others.
void Executor::ForgetNumbers(Batch& batch) {
  shared_.numbers.Forget();
  for (Waiting& waiting : batch) waiting.number = 0;
}

void Executor::AfterConflict(Batch& batch, const Attempt& attempt, int conflicts) {
  ++shared_.conflicts;
  FailExpired(batch, shared_.options.command_timeout, attempt.status);
  // Two groups that stood in each other's way should not start over in step.
  if (conflicts > 1) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    Sleep(absl::Microseconds(static_cast<int64_t>(random() % 2000) * conflicts));
  }
}

Load Executor::NewLoad(const Batch& batch, LoadMode mode) const {
  NeedsUnion needs;
  std::vector<RegistrarKey> askers;
  for (const Waiting& waiting : batch) {
    needs.Add(waiting.job->CollectNeeds());
    askers.push_back(waiting.job->origin().asker);
  }
  needs.Sort();
  std::sort(askers.begin(), askers.end());
  askers.erase(std::unique(askers.begin(), askers.end()), askers.end());
  return Load(std::move(needs), std::move(askers), mode);
}

std::optional<Executor::Attempt> Executor::Begin(Batch& batch, Load& load) {
  connection_->Queue(writes_ ? kBeginWrite : kBeginRead);
  load.Queue(*connection_, shared_.clock->Now());
  if (!writes_) connection_->Queue(kCommit);
  absl::StatusOr<std::vector<Result>> results = connection_->Run();
  if (!results.ok()) return Failed(results.status());
  size_t next = 1;
  load.Take(*results, next);
  if (absl::Status status = GiveNumbers(batch); !status.ok()) return Failed(status);
  return std::nullopt;
}

absl::Status Executor::GiveNumbers(Batch& batch) {
  for (Waiting& waiting : batch) {
    while (waiting.number == 0) {
      if (!writes_) {
        waiting.number = shared_.numbers.Next();
      } else if (std::optional<TransactionNumber> number = shared_.numbers.TryNext()) {
        waiting.number = *number;
      } else {
        absl::Status fetched = FetchBlock(*connection_, shared_.numbers);
        if (!fetched.ok()) return fetched;
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<std::shared_ptr<const Directory>> Executor::DirectoryOf(int64_t version) {
  std::shared_ptr<const Directory> directory = shared_.directory.Get();
  if (directory->version == version) return directory;
  absl::StatusOr<std::shared_ptr<const Directory>> loaded = LoadDirectory(*connection_);
  if (loaded.ok()) shared_.directory.Set(*loaded);
  return loaded;
}

Executor::Attempt Executor::TryRead(Batch& batch) {
  Load load = NewLoad(batch, LoadMode::kRead);
  if (std::optional<Attempt> failed = Begin(batch, load)) return *failed;
  absl::StatusOr<std::shared_ptr<const Directory>> directory =
      DirectoryOf(load.directory_version());
  if (!directory.ok()) return Failed(directory.status());
  if (!load.LeavingUsers().empty()) {
    absl::Status taken = load.TakeLeavingUsers(*connection_);
    if (!taken.ok()) return Failed(taken);
  }
  const Decided decided{*std::move(directory), shared_.clock->Now()};
  WorkingSet set = load.Fill(decided.now, *decided.directory);
  Flush nothing(decided.now);
  const std::optional<size_t> alone = Decide(batch, decided, set, nothing);
  POSTEL_CHECK(!alone && nothing.empty());
  Answer(batch, decided);
  return {};
}

// A host or a contact may be used by nobody but domains that the clock has purged. As long as that
// is not written their links are in the way, so it is written by the same group.
void Executor::PutClockFirst(Batch& batch, const std::vector<DomainKey>& domains) {
  Batch extended;
  for (const DomainKey domain : domains) {
    extended.push_back({MakeJob(Origin{kLifecycle, "", "lifecycle"}, DomainMaterialize{domain},
                                [](const Reply<Done>& /*reply*/) {}),
                        absl::Now()});
  }
  std::move(batch.begin(), batch.end(), std::back_inserter(extended));
  batch = std::move(extended);
}

Executor::Attempt Executor::TryWrite(Batch& batch, LoadMode mode, bool extend) {
  Load load = NewLoad(batch, mode);
  if (std::optional<Attempt> failed = Begin(batch, load)) return *failed;
  if (const auto leaving = load.LeavingUsers(); extend && !leaving.empty()) {
    Rollback();
    PutClockFirst(batch, leaving);
    return {Attempt::Verdict::kExtended, absl::OkStatus(), 0};
  }
  absl::StatusOr<std::shared_ptr<const Directory>> directory =
      DirectoryOf(load.directory_version());
  if (!directory.ok()) return Failed(directory.status());
  // Read after the locks were taken: nothing that was committed before is later than this.
  Decided decided{*std::move(directory), shared_.clock->Now()};
  WorkingSet set = load.Fill(decided.now, *decided.directory);
  Flush flush(decided.now);
  if (std::optional<size_t> alone = Decide(batch, decided, set, flush)) {
    Rollback();
    return {Attempt::Verdict::kSplit, absl::OkStatus(), std::max<size_t>(*alone, 1)};
  }
  if (flush.empty()) {
    Answer(batch, decided);
    Rollback();
    return {};
  }
  Flush::Terms terms;
  terms.group = batch.front().number;
  terms.directory_version = decided.directory->version;
  terms.balances_are_locked = mode == LoadMode::kWriteLockingBalances;
  return Commit(batch, flush, terms, decided);
}

std::optional<size_t> Executor::Decide(Batch& batch, const Decided& decided, WorkingSet& set,
                                       Flush& flush) {
  for (size_t i = 0; i < batch.size(); ++i) {
    const Origin& origin = batch[i].job->origin();
    const Context context{origin.asker, decided.now, batch[i].number, origin.client_id,
                          *decided.directory};
    Changes changes;
    batch[i].job->Decide(context, set, &changes);
    if (changes.empty()) continue;
    // Those after it would have to be decided by another directory.
    const bool changes_directory = !changes.registrars.empty() || !changes.tlds.empty();
    if (changes_directory && batch.size() > 1) return i;
    const Flush::Own own(changes);
    flush.Add(origin, batch[i].number, set.Merge(std::move(changes)), own);
  }
  return std::nullopt;
}

Executor::Attempt Executor::Commit(Batch& batch, Flush& flush, const Flush::Terms& terms,
                                   Decided& decided) {
  Call(shared_.faults.before_flush);
  flush.Queue(*connection_, terms);
  if (shared_.faults.before_commit) {
    if (absl::Status status = connection_->Push(); !status.ok()) return Failed(status);
    shared_.faults.before_commit();
  }
  connection_->Queue(kCommit);
  absl::Status status = connection_->Send();
  Call(shared_.faults.after_commit_sent);
  if (status.ok()) {
    absl::StatusOr<std::vector<Result>> results = connection_->Receive();
    status = results.status();
    // A transaction that had failed would say ROLLBACK here; then a statement has failed before.
    if (results.ok()) POSTEL_CHECK(results->back().tag() == "COMMIT");
  }
  if (!status.ok()) {
    Attempt failed = Failed(status);
    if (failed.verdict == Attempt::Verdict::kLost) {
      failed.verdict = Attempt::Verdict::kUnknown;
      unknown_ = decided;
    }
    return failed;
  }
  if (flush.changes_directory()) {
    // So that whoever hears of the change also sees it. If it fails, the next group loads it.
    if (auto changed = LoadDirectory(*connection_); changed.ok()) shared_.directory.Set(*changed);
  }
  if (flush.writes_feed()) Call(shared_.on_feed_written);
  Answer(batch, decided);
  return {};
}

Executor::Attempt Executor::Failed(const absl::Status& status) {
  if (IsConnectionLost(status) || connection_->lost()) {
    lost_backend_ = connection_->backend();
    connection_.reset();
    return {Attempt::Verdict::kLost, status, 0};
  }
  Rollback();
  if (IsConflict(status)) return {Attempt::Verdict::kConflict, status, 0};
  return {Attempt::Verdict::kBroken, status, 0};
}

void Executor::Rollback() {
  if (connection_->Run(kRollback).ok()) return;
  lost_backend_ = connection_->backend();
  connection_.reset();
}

void Executor::Answer(Batch& batch, const Decided& decided) {
  const Traffic traffic = connection_->TakeTraffic();
  shared_.round_trips += traffic.batches;
  shared_.statements += traffic.statements;
  ++shared_.groups;
  shared_.commands += static_cast<int64_t>(batch.size());
  for (Waiting& waiting : batch) {
    waiting.job->Finish(waiting.number, decided.now, decided.directory);
  }
  batch.clear();
}

void Executor::Fail(Batch& batch, const absl::Status& status) {
  for (Waiting& waiting : batch) {
    if (waiting.number == 0) waiting.number = shared_.numbers.Next();
    ++shared_.failures;
    Log(LogLevel::kError, "store.command_failed",
        {{"svtrid", FormatServerTransactionId(waiting.number)},
         {"command", waiting.job->origin().command},
         {"registrar", Number(waiting.job->origin().asker)},
         {"error", std::string(status.message())}});
    waiting.job->Fail(waiting.number, status);
  }
  batch.clear();
}

void Executor::FailExpired(Batch& batch, absl::Duration age, const absl::Status& status) {
  const absl::Time oldest = absl::Now() - age;
  const auto expired = std::stable_partition(
      batch.begin(), batch.end(), [&](const Waiting& waiting) { return waiting.since >= oldest; });
  Batch failed(std::make_move_iterator(expired), std::make_move_iterator(batch.end()));
  batch.erase(expired, batch.end());
  Fail(failed, status);
}

bool Executor::Connect(Batch& batch) {
  while (connection_ == nullptr) {
    absl::StatusOr<std::unique_ptr<Connection>> opened =
        Connection::Open(shared_.options.database, connection_options_);
    absl::Status status = opened.status();
    if (status.ok() && writes_ && lost_backend_) {
      // It may hold the very locks that the group needs. It has not been sent a COMMIT.
      status = AwaitEnd(**opened, *lost_backend_, absl::ZeroDuration());
    }
    if (status.ok()) {
      connection_ = *std::move(opened);
      if (lost_backend_) ForgetNumbers(batch);
      lost_backend_.reset();
      if (unreachable_) {
        ++shared_.reconnects;
        Log(LogLevel::kInfo, "store.database_back");
      }
      unreachable_ = false;
      return true;
    }
    ReportUnreachable(status);
    FailExpired(batch, shared_.options.command_timeout, status);
    FailQueued(status);
    if (batch.empty()) return false;
    Sleep(kReconnectPause);
  }
  return true;
}

// No lane may be left to take them.
void Executor::FailQueued(const absl::Status& status) {
  FairQueue& queue = writes_ ? shared_.writes : shared_.reads;
  Batch queued = queue.TakeOlderThan(absl::Now() - shared_.options.command_timeout);
  Fail(queued, status);
}

void Executor::ReportUnreachable(const absl::Status& status) {
  if (!unreachable_) {
    Log(LogLevel::kWarning, "store.database_unreachable",
        {{"lane", writes_ ? "write" : "read"}, {"error", std::string(status.message())}});
  }
  unreachable_ = true;
}

bool Executor::Resolve(Batch& batch) {
  const absl::Time give_up = absl::Now() + kUnknownTimeouts * shared_.options.command_timeout;
  while (true) {
    absl::StatusOr<std::unique_ptr<Connection>> opened =
        Connection::Open(shared_.options.database, connection_options_);
    absl::Status status = opened.status();
    if (status.ok()) status = AwaitEnd(**opened, *lost_backend_, kCommitPatience);
    absl::StatusOr<bool> committed = false;
    if (status.ok()) {
      committed = WasCommitted(**opened, batch.front().number);
      status = committed.status();
    }
    if (status.ok()) {
      lost_backend_.reset();
      connection_ = *std::move(opened);
      unreachable_ = false;
      ++shared_.reconnects;
      Log(LogLevel::kInfo, "store.commit_resolved",
          {{"group", FormatServerTransactionId(batch.front().number)},
           {"committed", *committed ? "yes" : "no"},
           {"commands", batch.size()}});
      if (!*committed) {
        ForgetNumbers(batch);
        return false;
      }
      shared_.numbers.Forget();
      if (auto changed = LoadDirectory(*connection_); changed.ok()) {
        shared_.directory.Set(*changed);
      }
      Call(shared_.on_feed_written);
      Answer(batch, unknown_);
      return true;
    }
    FailQueued(status);
    if (absl::Now() > give_up) {
      Log(LogLevel::kError, "store.commit_unknown",
          {{"group", FormatServerTransactionId(batch.front().number)}, {"commands", batch.size()}});
      Fail(batch, absl::UnknownError("the database went away during the commit"));
      return true;
    }
    Sleep(kReconnectPause);
  }
}

}  // namespace registry::store
