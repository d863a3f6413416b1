#include "registry/worker/worker.h"

#include <utility>

#include "absl/time/clock.h"
#include "registry/base/log.h"

namespace worker {

using registry::Log;
using registry::LogLevel;

Worker::Worker(Config config, registry::net::Metrics& metrics)
    : config_(std::move(config)),
      calendar_(config_.database),
      maintenances_(config_.database),
      domains_(metrics.Counter("worker_domains_total",
                               "Domains for which what the clock has done was written.")),
      failures_(metrics.Counter("worker_domain_failures_total",
                                "Domains for which it could not be written.")),
      passes_failed_(metrics.Counter("worker_passes_failed_total",
                                     "Passes over the calendar that the database broke.")),
      housekeeping_failed_(metrics.Counter("worker_housekeeping_failures_total",
                                           "Tasks of housekeeping that failed.")),
      delay_(metrics.Gauge("worker_delay_seconds",
                           "By how much the most overdue domain of the last pass was late.")),
      last_pass_(metrics.Gauge("worker_last_pass_time_seconds",
                               "When the last complete pass ended, in seconds since 1970.")) {}

absl::StatusOr<std::unique_ptr<Worker>> Worker::Open(Config config,
                                                     registry::net::Metrics& metrics) {
  std::unique_ptr<Worker> worker(new Worker(std::move(config), metrics));
  registry::store::StoreOptions options;
  options.database = worker->config_.database;
  options.application = "postel-worker";
  options.write_lanes = worker->config_.write_lanes;
  options.read_lanes = 1;
  auto store = registry::store::Store::Open(std::move(options), &worker->clock_);
  if (!store.ok()) return store.status();
  worker->store_ = *std::move(store);
  worker->pass_ =
      std::make_unique<LifecyclePass>(*worker->store_, worker->calendar_, worker->config_.batch);
  metrics.Watch("worker_database_reachable", "1 if the database answers, else 0.",
                [store = worker->store_.get()] { return store->healthy() ? 1.0 : 0.0; });
  return worker;
}

bool Worker::Round(const std::stop_token& stop) {
  const bool passed = RunPass(stop);
  const bool told = TellOfMaintenances();
  return KeepHouseWhenDue() && passed && told;
}

bool Worker::TellOfMaintenances() {
  const auto told = maintenances_.TellDue(store_->clock().Now());
  if (!told.ok()) {
    if (!std::exchange(telling_failed_, true)) {
      Log(LogLevel::kError, "worker.maintenances_failed", {{"error", told.status().ToString()}});
    }
    return false;
  }
  telling_failed_ = false;
  if (told->notices > 0) {
    Log(LogLevel::kInfo, "worker.maintenances_told",
        {{"notices", told->notices}, {"messages", told->messages}});
  }
  return true;
}

bool Worker::RunPass(const std::stop_token& stop) {
  const absl::Time started = absl::Now();
  const auto result = pass_->Run(stop);
  if (!result.ok()) {
    passes_failed_.Increment();
    if (!std::exchange(pass_failed_, true)) {
      Log(LogLevel::kError, "worker.pass_failed", {{"error", result.status().ToString()}});
    }
    return false;
  }
  if (std::exchange(pass_failed_, false)) Log(LogLevel::kInfo, "worker.pass_recovered");
  if (result->handled + result->failed > 0) {
    Log(LogLevel::kInfo, "worker.pass",
        {{"domains", result->handled},
         {"failed", result->failed},
         {"delay_s", absl::ToInt64Seconds(result->delay)},
         {"ms", absl::ToInt64Milliseconds(absl::Now() - started)}});
  }
  Report(*result);
  return result->failed == 0;
}

void Worker::Report(const LifecyclePass::Result& result) {
  domains_.Increment(static_cast<double>(result.handled));
  failures_.Increment(static_cast<double>(result.failed));
  delay_.Set(absl::ToDoubleSeconds(result.delay));
  last_pass_.Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
}

bool Worker::KeepHouseWhenDue() {
  if (absl::Now() < housekept_ + config_.housekeeping_interval) return true;
  housekept_ = absl::Now();
  const int failed = KeepHouse(config_, store_->clock().Now());
  housekeeping_failed_.Increment(failed);
  return failed == 0;
}

}  // namespace worker
