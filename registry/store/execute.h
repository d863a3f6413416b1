#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"
#include "registry/store/flush.h"
#include "registry/store/load.h"
#include "registry/store/shared.h"

namespace registry::store {

// Runs groups of commands over one connection: load, decide, flush, commit, answer, and whatever it
// takes when that fails (docs/ARCHITECTURE.md): execute.cc is the road, execute_again.cc what to do
// when it is blocked. Used by one thread.
class Executor {
 public:
  // `writes`: its groups may change the registry.
  Executor(Shared& shared, bool writes);

  // Every job has been answered when this returns.
  void Execute(std::vector<Waiting> group);

 private:
  using Batch = std::vector<Waiting>;
  struct Attempt {
    enum class Verdict {
      kAnswered,
      kConflict,  // somebody was in the way: again
      kBroken,    // a statement failed and would fail again
      kSplit,     // to be run in two parts, the second from `split_at` on
      kOutdated,  // what to load was chosen by a directory that is no more: again
      kExtended,  // commands of the clock were put before the others: again
      kLost,      // the connection, before COMMIT was sent
      kUnknown,   // the connection, after COMMIT was sent
    };
    Verdict verdict = Verdict::kAnswered;
    absl::Status status;
    size_t split_at = 0;
  };
  // What a group has been decided to do, ready to be answered.
  struct Decided {
    std::shared_ptr<const Directory> directory;
    absl::Time now;
  };

  // Zero: all are answered. Otherwise where to split the batch, of which nothing is done yet.
  size_t RunBatch(Batch& batch);
  // As RunBatch.
  size_t HalveOrFail(Batch& batch, const absl::Status& status);
  void AfterConflict(Batch& batch, const Attempt& attempt, int conflicts);
  void ForgetNumbers(Batch& batch);
  Attempt TryWrite(Batch& batch, LoadMode mode);
  void PutClockFirst(Batch& batch, const std::vector<DomainKey>& domains);
  Attempt TryRead(Batch& batch);
  std::optional<Attempt> Begin(Batch& batch, Load& load);
  // `asked`: when the load began.
  absl::Status CheckClock(absl::Time asked, absl::Time database_time);
  absl::StatusOr<std::shared_ptr<const Directory>> DirectoryOf(int64_t version);
  // Reads it, and lets the process go by it.
  absl::StatusOr<std::shared_ptr<const Directory>> LearnDirectory();
  absl::Status GiveNumbers(Batch& batch);
  // The index of a job that must run alone, if the batch is more than that.
  std::optional<size_t> Decide(Batch& batch, const Decided& decided, WorkingSet& set, Flush& flush);
  Attempt Commit(Batch& batch, Flush& flush, const Flush::Terms& terms, Decided& decided);
  Attempt Failed(const absl::Status& status);
  static Attempt Missing();
  void Rollback();

  void Answer(Batch& batch, const Decided& decided);
  void Fail(Batch& batch, const absl::Status& status);
  void FailExpired(Batch& batch, absl::Duration age, const absl::Status& status);

  void FailQueued(const absl::Status& status);

  // False if the batch has been failed instead.
  bool Connect(Batch& batch);
  void ReportUnreachable(const absl::Status& status);
  // Asks the database what became of the commit, for as long as it takes. False: not committed.
  bool Resolve(Batch& batch);

  Load NewLoad(const Batch& batch, LoadMode mode) const;

  Shared& shared_;
  const bool writes_;
  const ConnectionOptions connection_options_;
  std::unique_ptr<Connection> connection_;
  std::optional<Backend> lost_backend_;  // may still hold locks
  Decided unknown_;                      // of the group whose commit is unknown
  bool unreachable_ = false;
  bool clock_differs_ = false;
  bool may_extend_ = true;  // the group at hand has not had commands of the clock added
};

}  // namespace registry::store
