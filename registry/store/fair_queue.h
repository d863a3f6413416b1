#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "registry/store/job.h"

namespace registry::store {

// A command that waits for its group.
struct Waiting {
  std::unique_ptr<Job> job;
  absl::Time since;              // by the system's clock
  TransactionNumber number = 0;  // given when it is first decided, kept if it is decided again
};

// First come, first served for each asker; the askers take turns. A flood from one neither starves
// another nor makes it wait for long: while somebody with few commands asks, nobody with many has
// more than a fair share of them in work, so that groups are short and a lane is soon free.
// Thread-safe.
class FairQueue {
 public:
  // `fair_share`: at least 1. `seed`: of the lots that are drawn.
  explicit FairQueue(int fair_share, uint64_t seed = std::random_device()())
      : fair_share_(fair_share), lots_(seed) {}

  // Those of one asker keep their order.
  void Push(std::vector<Waiting> all);

  // Who takes groups from it. What it took last is in work until it takes again. Not thread-safe.
  class Taker {
   public:
    explicit Taker(FairQueue& queue) : queue_(queue) {}
    // Waits for one, then takes up to `most` without waiting for more. Empty: closed and drained.
    // Who of those that get a turn has the first one is drawn by lot each time: otherwise the one
    // that was answered first would be first again with the next name that many ask for, and win
    // them all.
    std::vector<Waiting> Take(size_t most);

   private:
    FairQueue& queue_;
    std::vector<RegistrarKey> in_work_;  // the askers, each as often as it has commands there
  };

  // Those that have waited since before `time`.
  std::vector<Waiting> TakeOlderThan(absl::Time time);
  size_t size() const;
  // Take drains what is there, then ends.
  void Close();

 private:
  struct Asker {
    std::deque<Waiting> waiting;
    int in_work = 0;
    absl::Time many = absl::InfinitePast();  // when it last had more than a fair share here
  };
  struct Sighting {
    RegistrarKey asker = kNoRegistrar;
    absl::Time at = absl::InfinitePast();
  };

  void Add(Waiting waiting) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void NoteSize(RegistrarKey key, Asker& asker, absl::Time now)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  bool HasItsShare(RegistrarKey key, absl::Time now) const ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void DrawTurns(size_t most) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  std::vector<Waiting> TakeTurns(size_t most) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  const int fair_share_;
  mutable Mutex mutex_;
  Condition changed_;
  absl::flat_hash_map<RegistrarKey, Asker> askers_ ABSL_GUARDED_BY(mutex_);  // all that ever asked
  // Each asker with something waiting, once.
  std::deque<RegistrarKey> turns_ ABSL_GUARDED_BY(mutex_);
  // The two that asked last of those with few commands.
  Sighting few_ ABSL_GUARDED_BY(mutex_), few_before_ ABSL_GUARDED_BY(mutex_);
  std::minstd_rand lots_ ABSL_GUARDED_BY(mutex_);
  size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace registry::store
