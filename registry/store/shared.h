#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "registry/base/clock.h"
#include "registry/base/mutex.h"
#include "registry/model/directory.h"
#include "registry/store/fair_queue.h"
#include "registry/store/faults.h"
#include "registry/store/number_source.h"
#include "registry/store/store.h"

namespace registry::store {

// The directory that this process goes by; replaced whole. Thread-safe.
class CurrentDirectory {
 public:
  explicit CurrentDirectory(SystemClock* clock) : clock_(clock) {}
  std::shared_ptr<const Directory> Get() const {
    const MutexLock lock(mutex_);
    return directory_;
  }
  // Take a ticket before the directory is read. What was read under an older ticket than the last
  // one set is dropped: a slow thread must not bring back what another has seen change.
  int64_t Ticket() { return ++tickets_; }
  // The clock follows.
  void Set(std::shared_ptr<const Directory> directory, int64_t ticket) {
    const MutexLock lock(mutex_);
    if (ticket < set_) return;
    set_ = ticket;
    clock_->SetOffset(directory->settings.clock_offset);
    directory_ = std::move(directory);
  }

 private:
  SystemClock* const clock_;
  std::atomic<int64_t> tickets_{0};
  mutable Mutex mutex_;
  int64_t set_ ABSL_GUARDED_BY(mutex_) = 0;
  std::shared_ptr<const Directory> directory_ ABSL_GUARDED_BY(mutex_);
};

// What the threads of one store share. All of it is thread-safe.
struct Shared {
  Shared(StoreOptions store_options, FaultPoints fault_points, SystemClock* system_clock,
         std::function<void()> on_low_numbers)
      : options(std::move(store_options)),
        faults(std::move(fault_points)),
        clock(system_clock),
        directory(system_clock),
        numbers(std::move(on_low_numbers)),
        writes(options.fair_share),
        reads(options.fair_share) {}

  const StoreOptions options;
  const FaultPoints faults;
  SystemClock* const clock;
  CurrentDirectory directory;
  NumberSource numbers;
  FairQueue writes;
  FairQueue reads;
  std::function<void()> on_feed_written;  // set before the threads start

  std::atomic<int64_t> groups{0};
  std::atomic<int64_t> commands{0};
  std::atomic<int64_t> round_trips{0};
  std::atomic<int64_t> statements{0};
  std::atomic<int64_t> conflicts{0};
  std::atomic<int64_t> failures{0};
  std::atomic<int64_t> reconnects{0};
};

}  // namespace registry::store
