#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/time/time.h"
#include "zonegen/comparison.h"
#include "zonegen/follow_metrics.h"
#include "zonegen/zone_records.h"

namespace zonegen {

// When a zone is compared with the registry (comparison.h, on a thread of its own at low priority),
// and which of the differences count: the zone goes on changing meanwhile. Not thread-safe.
class Comparisons {
 public:
  // `order` without the policy's names. `metrics` outlive it.
  Comparisons(ComparisonOrder order, absl::Duration interval, FollowMetrics& metrics);
  // Ends the one that runs.
  ~Comparisons();

  // As soon as it may start. One that runs is worth nothing.
  void Want(std::string reason);
  // Others may have changed the zone: likewise, but no new one is wanted for that.
  void Spoil() { spoiled_ = running_; }
  // The zone may differ until one has ended; another leader has to know, too.
  bool owed() const { return owed_; }
  // This name's records are in the zone as they should be now.
  void Touch(const std::string& owner);

  // Start and Take between two batches, when no update is on its way.
  bool StartIsDue();
  void Start(const ZoneRecords& zone, absl::Time now);
  // One has ended, and all that it saw of the registry was written before `transaction`.
  bool TakeIsDue(uint64_t transaction);
  // The names that differ, apart from those that were touched and those that are excused.
  std::vector<std::string> Take(const std::function<bool(const std::string&)>& excused);

 private:
  void Ended(absl::Duration again);
  void Report(const ComparisonResult& result, const std::vector<std::string>& differ);

  ComparisonOrder order_;
  const absl::Duration interval_;
  FollowMetrics& metrics_;

  std::string reason_;   // empty: the interval's
  absl::Duration next_;  // by the monotonic clock; zero: not begun yet
  std::stop_source stop_;
  std::future<absl::StatusOr<ComparisonResult>> result_;
  std::optional<absl::StatusOr<ComparisonResult>> ended_;
  absl::flat_hash_set<std::string> touched_;  // since it began
  bool running_ = false;
  bool spoiled_ = false;
  bool owed_ = false;
};

}  // namespace zonegen
