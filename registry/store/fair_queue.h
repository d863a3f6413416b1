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

// First come, first served for each asker; the askers take turns, so that a flood from one does not
// starve another. Thread-safe.
class FairQueue {
 public:
  // `seed`: of the lots that are drawn.
  explicit FairQueue(uint64_t seed = std::random_device()()) : lots_(seed) {}

  void Push(Waiting waiting);
  // Waits for one, then takes up to `most` without waiting for more. Empty: closed and drained. Who
  // of those that get a turn has the first one is drawn by lot each time: otherwise the one that
  // was answered first would be first again with the next name that many ask for, and win them all.
  std::vector<Waiting> Take(size_t most);
  // Those that have waited since before `time`.
  std::vector<Waiting> TakeOlderThan(absl::Time time);
  size_t size() const;
  // Take drains what is there, then ends.
  void Close();

 private:
  void DrawTurns(size_t most) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  Waiting TakeNext() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);  // not empty

  mutable Mutex mutex_;
  Condition changed_;
  absl::flat_hash_map<RegistrarKey, std::deque<Waiting>> by_asker_ ABSL_GUARDED_BY(mutex_);
  // Each asker with something waiting, once.
  std::deque<RegistrarKey> turns_ ABSL_GUARDED_BY(mutex_);
  std::minstd_rand lots_ ABSL_GUARDED_BY(mutex_);
  size_t size_ ABSL_GUARDED_BY(mutex_) = 0;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
};

}  // namespace registry::store
