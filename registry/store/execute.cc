#include "registry/store/execute.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/commands/domain_materialize.h"
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
// Beyond this difference of clocks nothing is decided: expiry, grace periods and purges would be
// wrong for good.
constexpr absl::Duration kMostClockDifference = absl::Minutes(1);

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

void Call(const std::function<void()>& fault) {
  if (fault) fault();
}

}  // namespace

Executor::Executor(Shared& shared, bool writes)
    : shared_(shared), writes_(writes), connection_options_(OptionsFor(shared.options)) {}

void Executor::Execute(Batch group) {
  may_extend_ = true;
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
  while (!batch.empty()) {
    if (!Connect(batch)) return 0;
    Attempt attempt = writes_ ? TryWrite(batch, mode) : TryRead(batch);
    switch (attempt.verdict) {
      case Attempt::Verdict::kExtended:
        may_extend_ = false;  // who else turns up is refused, and succeeds when asked again
        break;
      case Attempt::Verdict::kOutdated:
        break;
      case Attempt::Verdict::kAnswered:
        return 0;
      case Attempt::Verdict::kSplit:
        return attempt.split_at;
      case Attempt::Verdict::kBroken:
        return HalveOrFail(batch, attempt.status);
      case Attempt::Verdict::kConflict:
        if (IsOverdrawn(attempt.status)) mode = LoadMode::kWriteLockingBalances;
        if (++conflicts >= (batch.size() > 1 ? kGroupConflicts : kSingleConflicts) ||
            (IsTooSlow(attempt.status) && batch.size() > 1)) {
          return HalveOrFail(batch, attempt.status);
        }
        AfterConflict(batch, attempt, conflicts);
        break;
      case Attempt::Verdict::kUnknown:
      case Attempt::Verdict::kLost:
        ReportUnreachable(attempt.status);
        if (attempt.verdict == Attempt::Verdict::kLost) {
          FailExpired(batch, shared_.options.command_timeout, attempt.status);
        } else if (Resolve(batch)) {
          return 0;
        }
        if (++losses >= (batch.size() > 1 ? kGroupLosses : kSingleLosses)) {
          return HalveOrFail(batch, attempt.status);
        }
        break;
    }
  }
  return 0;
}

Load Executor::NewLoad(const Batch& batch, LoadMode mode) const {
  NeedsUnion needs;
  std::shared_ptr<const Directory> directory = shared_.directory.Get();
  std::vector<RegistrarKey> askers;
  for (const Waiting& waiting : batch) {
    needs.Add(waiting.job->CollectNeeds(), *directory);
    askers.push_back(waiting.job->origin().asker);
  }
  needs.Sort();
  std::sort(askers.begin(), askers.end());
  askers.erase(std::unique(askers.begin(), askers.end()), askers.end());
  return Load(std::move(needs), std::move(askers), mode, std::move(directory));
}

std::optional<Executor::Attempt> Executor::Begin(Batch& batch, Load& load) {
  connection_->Queue(writes_ ? kBeginWrite : kBeginRead);
  load.Queue(*connection_);
  if (!writes_ && !load.in_two_steps()) connection_->Queue(kCommit);
  absl::StatusOr<std::vector<Result>> results = connection_->Run();
  if (!results.ok()) return Failed(results.status());
  size_t next = 1;
  load.Take(*results, next);
  if (load.in_two_steps()) {
    load.QueueReferences(*connection_);
    connection_->Queue(kCommit);
    results = connection_->Run();
    if (!results.ok()) return Failed(results.status());
    next = 0;
    load.Take(*results, next);
  }
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

// Two clocks that agree are right, or at least wrong together.
absl::Status Executor::CheckClock(absl::Time asked, absl::Time database_time) {
  // The database looked at its clock at some time between then and now.
  const absl::Time now = absl::Now();
  if (asked - kMostClockDifference <= database_time &&
      database_time <= now + kMostClockDifference) {
    clock_differs_ = false;
    return absl::OkStatus();
  }
  const absl::Duration ahead = now - database_time;
  const std::string text = absl::FormatDuration(absl::Trunc(ahead, absl::Seconds(1)));
  if (!std::exchange(clock_differs_, true)) {
    Log(LogLevel::kError, "store.clock_differs", {{"ahead", text}});
  }
  return absl::UnavailableError(
      Concat("the clocks of this host and of the database differ by ", text));
}

absl::StatusOr<std::shared_ptr<const Directory>> Executor::LearnDirectory() {
  const int64_t ticket = shared_.directory.Ticket();
  absl::StatusOr<std::shared_ptr<const Directory>> loaded = LoadDirectory(*connection_);
  if (loaded.ok()) shared_.directory.Set(*loaded, ticket);
  return loaded;
}

absl::StatusOr<std::shared_ptr<const Directory>> Executor::DirectoryOf(int64_t version) {
  std::shared_ptr<const Directory> directory = shared_.directory.Get();
  if (directory->version == version) return directory;
  return LearnDirectory();
}

Executor::Attempt Executor::TryRead(Batch& batch) {
  Load load = NewLoad(batch, LoadMode::kRead);
  if (std::optional<Attempt> failed = Begin(batch, load)) return *failed;
  absl::StatusOr<std::shared_ptr<const Directory>> directory =
      DirectoryOf(load.directory_version());
  if (!directory.ok()) return Failed(directory.status());
  if (!load.Fits(**directory)) return {Attempt::Verdict::kOutdated, absl::OkStatus(), 0};
  if (load.MissesLists(**directory)) return Missing();
  const Decided decided{*std::move(directory), shared_.clock->Now()};
  if (const auto leaving = load.LeavingUsers(decided.now); !leaving.empty()) {
    absl::Status taken = load.TakeUsers(*connection_, leaving);
    if (!taken.ok()) return Failed(taken);
  }
  WorkingSet set = load.Fill(decided.now, *decided.directory);
  Flush nothing(decided.now);
  const std::optional<size_t> alone = Decide(batch, decided, set, nothing);
  POSTEL_CHECK(!alone && nothing.empty());
  Answer(batch, decided);
  return {};
}

// The first list of a TLD has just come into being: again, by the directory that says so.
Executor::Attempt Executor::Missing() {
  return {Attempt::Verdict::kConflict, absl::AbortedError("a list of labels is new"), 0};
}

// A host or a contact may be used by nobody but domains that the clock has purged. As long as that
// is not written their links are in the way, so it is written by the same group.
void Executor::PutClockFirst(Batch& batch, const std::vector<DomainKey>& domains) {
  Batch extended;
  const auto most = static_cast<size_t>(shared_.options.max_group);
  for (const DomainKey domain : domains) {
    if (extended.size() == most) break;
    extended.push_back({MakeJob(Origin{kLifecycle, "", "lifecycle"}, DomainMaterialize{domain},
                                [](const Reply<Done>& /*reply*/) {}),
                        absl::Now()});
  }
  std::move(batch.begin(), batch.end(), std::back_inserter(extended));
  batch = std::move(extended);
}

Executor::Attempt Executor::TryWrite(Batch& batch, LoadMode mode) {
  Load load = NewLoad(batch, mode);
  const absl::Time asked = absl::Now();
  if (std::optional<Attempt> failed = Begin(batch, load)) return *failed;
  if (absl::Status clock = CheckClock(asked, load.database_time()); !clock.ok()) {
    Rollback();
    Fail(batch, clock);
    return {};
  }
  absl::StatusOr<std::shared_ptr<const Directory>> directory =
      DirectoryOf(load.directory_version());
  if (!directory.ok()) return Failed(directory.status());
  if (!load.Fits(**directory)) {
    Rollback();
    return {Attempt::Verdict::kOutdated, absl::OkStatus(), 0};
  }
  if (load.MissesLists(**directory)) {
    Rollback();
    return Missing();
  }
  // Read after the locks were taken: nothing that was committed before is later than this.
  Decided decided{*std::move(directory), shared_.clock->Now()};
  if (const auto leaving = load.LeavingUsers(decided.now); may_extend_ && !leaving.empty()) {
    Rollback();
    PutClockFirst(batch, leaving);
    return {Attempt::Verdict::kExtended, absl::OkStatus(), 0};
  }
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
    const bool changes_directory =
        !changes.registrars.empty() || !changes.tlds.empty() || !changes.idn_tables.empty();
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
    (void)LearnDirectory();
  }
  if (flush.writes_feed()) Call(shared_.on_feed_written);
  Answer(batch, decided);
  return {};
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
  shared_.options.answering([&] {
    for (Waiting& waiting : batch) {
      waiting.job->Finish(waiting.number, decided.now, decided.directory);
    }
  });
  batch.clear();
}

}  // namespace registry::store
