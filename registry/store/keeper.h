#pragma once

#include <atomic>
#include <thread>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"
#include "registry/store/connection.h"
#include "registry/store/shared.h"

namespace registry::store {

// A thread with a connection of its own for what no command should wait for: it keeps the directory
// (and with it a sandbox's clock) at most a second behind, fetches blocks of numbers before they
// run out, and wakes the readers of the feed. A NOTIFY inside a group's transaction would hold a
// lock of the whole cluster until the commit is on disk, and so make lanes commit one by one.
class Keeper {
 public:
  explicit Keeper(Shared& shared);
  ~Keeper();  // notifies what is due first

  // Both are cheap and thread-safe.
  void NotifyFeed();
  void FetchNumbers();
  bool healthy() const;

 private:
  void Serve();
  void Keep(bool notify);

  Shared& shared_;
  Session session_;
  std::atomic<int64_t> reached_ms_;  // when the database answered last
  Mutex mutex_;
  Condition wake_;
  bool notify_ ABSL_GUARDED_BY(mutex_) = false;
  bool fetch_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace registry::store
