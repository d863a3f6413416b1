// What an Executor does when its group did not go through: again, in halves, over a new connection,
// or not at all.
#include <algorithm>
#include <chrono>
#include <iterator>
#include <random>
#include <thread>
#include <utility>

#include "registry/base/log.h"
#include "registry/store/commit_outcome.h"
#include "registry/store/database_error.h"
#include "registry/store/execute.h"

namespace registry::store {
namespace {

constexpr absl::Duration kReconnectPause = absl::Milliseconds(200);
// How long a lost server process may finish its commit by itself.
constexpr absl::Duration kCommitPatience = absl::Seconds(2);
// Nobody is told that a command failed while its commit is unknown, unless the database stays away
// for so many command timeouts.
constexpr int kUnknownTimeouts = 10;
// Records of groups are kept for an hour at least (PruneCommitGroups).
constexpr absl::Duration kMostPatience = absl::Minutes(30);

void Sleep(absl::Duration duration) {
  std::this_thread::sleep_for(absl::ToChronoNanoseconds(duration));
}

}  // namespace

// Those that have waited too long fail at once: every half takes its time again. One that is left
// of several has not been tried alone yet.
size_t Executor::HalveOrFail(Batch& batch, const absl::Status& status) {
  if (batch.size() > 1) {
    FailExpired(batch, shared_.options.command_timeout, status);
    return batch.size() > 1 ? batch.size() / 2 : batch.size();
  }
  Fail(batch, status);
  return 0;
}

// With every new connection, the first one too: the server may have crashed since it gave them, and
// then it, or its successor, may give the same numbers to others.
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
      // It may hold the very locks that the group needs. It has not been sent this group's COMMIT.
      status = AwaitEnd(**opened, *lost_backend_, absl::ZeroDuration());
    }
    if (status.ok()) {
      connection_ = *std::move(opened);
      if (writes_) ForgetNumbers(batch);
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
  const absl::Time give_up =
      absl::Now() + std::min(kUnknownTimeouts * shared_.options.command_timeout, kMostPatience);
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
      (void)LearnDirectory();
      if (shared_.on_feed_written) shared_.on_feed_written();
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
