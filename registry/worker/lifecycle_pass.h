#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/store/calendar.h"
#include "registry/store/store.h"

namespace worker {

// Writes what the clock has done to domains and contacts: takes those that are due from the
// calendar, sends DomainMaterialize or ContactMaterialize for each on the road of all commands, and
// removes the calendar's entries when the answers are there. Killed in between, it leaves entries
// that the next pass finds stale. Any number of workers may run: the second to come to an object
// finds nothing to do. Not thread-safe.
class LifecyclePass {
 public:
  struct Result {
    int64_t handled = 0;   // objects whose answer came
    int64_t failed = 0;    // objects that the database or a bug kept from being written
    absl::Duration delay;  // by how much the latest of them was due before this pass; zero: nothing
  };

  // `batch`: so many objects are on their way at once. Both references outlive this object.
  LifecyclePass(registry::store::Store& store, registry::store::Calendar& calendar, int batch);

  // Until nothing is due that can be written, or `stop`. What failed is left alone for a
  // minute, so that it does not keep the others from their turn.
  absl::StatusOr<Result> Run(const std::stop_token& stop = {});

 private:
  using Entry = registry::store::Calendar::Entry;

  void ForgetOldFailures();
  absl::StatusOr<std::vector<Entry>> TakeDue();
  absl::Status Materialize(const std::vector<Entry>& entries, Result* result);

  registry::store::Store& store_;
  registry::store::Calendar& calendar_;
  const int batch_;
  // When it failed, by the monotonic clock of the process.
  absl::flat_hash_map<int64_t, absl::Duration> failed_;
};

}  // namespace worker
