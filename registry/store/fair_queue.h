#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
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
  void Push(Waiting waiting);
  // Waits for one, then takes up to `most` without waiting for more. Empty: closed and drained.
  std::vector<Waiting> Take(size_t most);
  // Those that have waited since before `time`.
  std::vector<Waiting> TakeOlderThan(absl::Time time);
  size_t size() const;
  // Take drains what is there, then ends.
  void Close();

 private:
  Waiting TakeNext();  // with mutex_ held; not empty

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  // All guarded by mutex_.
  absl::flat_hash_map<RegistrarKey, std::deque<Waiting>> by_asker_;
  std::deque<RegistrarKey> turns_;  // each asker with something waiting, once
  size_t size_ = 0;
  bool closed_ = false;
};

}  // namespace registry::store
