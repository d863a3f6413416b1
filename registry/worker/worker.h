#pragma once

#include <memory>
#include <stop_token>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/net/metrics.h"
#include "registry/store/calendar.h"
#include "registry/store/maintenance_notices.h"
#include "registry/store/store.h"
#include "registry/worker/config.h"
#include "registry/worker/housekeeping.h"
#include "registry/worker/lifecycle_pass.h"

namespace worker {

// Does what the clock does: a pass over the calendar and what is to be told of maintenances each
// round, and housekeeping when it is due.
// Not thread-safe, apart from the metrics.
class Worker {
 public:
  // `metrics` outlives this object and is closed before.
  static absl::StatusOr<std::unique_ptr<Worker>> Open(Config config,
                                                      registry::net::Metrics& metrics);

  // Whether all went well; what did not has been logged and is tried again in the next round.
  bool Round(const std::stop_token& stop = {});

  registry::store::Store& store() { return *store_; }

 private:
  Worker(Config config, registry::net::Metrics& metrics);
  bool RunPass(const std::stop_token& stop);
  bool TellOfMaintenances();
  bool KeepHouseWhenDue();
  void Report(const LifecyclePass::Result& result);

  const Config config_;
  registry::SystemClock clock_;
  std::unique_ptr<registry::store::Store> store_;
  registry::store::Calendar calendar_;
  std::unique_ptr<LifecyclePass> pass_;
  registry::store::MaintenanceClock maintenances_;
  absl::Time housekept_ = absl::InfinitePast();  // by the system's clock
  bool pass_failed_ = false;                     // and that has been logged
  bool telling_failed_ = false;                  // likewise

  prometheus::Counter& domains_;
  prometheus::Counter& failures_;
  prometheus::Counter& passes_failed_;
  prometheus::Counter& housekeeping_failed_;
  prometheus::Gauge& delay_;
  prometheus::Gauge& last_pass_;
};

}  // namespace worker
