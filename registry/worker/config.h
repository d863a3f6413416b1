#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/config.h"
#include "registry/base/log.h"
#include "registry/net/endpoint.h"
#include "registry/worker/cds_config.h"

namespace worker {

// Every setting of postel-worker, by the names that a settings file has.
struct Config {
  std::string database;                        // libpq connection string; required
  absl::Duration interval = absl::Seconds(1);  // looks into the calendar so often, 100ms to 1h
  int batch = 500;                             // domains on their way at once, 1 to 4096
  int write_lanes = 1;                         // connections that commit, 1 to 16

  absl::Duration housekeeping_interval = absl::Minutes(1);  // 1s to 1d
  // A reader of the change feed that was away for longer starts anew from a snapshot, 1m to 365d.
  absl::Duration feed_patience = absl::Hours(24);
  // How long the record of a committed group is kept, 1h to 365d.
  absl::Duration commit_group_age = absl::Hours(24);

  CdsConfig cds;

  // Where http://.../metrics is served.
  registry::net::Endpoint metrics_listen{"127.0.0.1", 9702};
  registry::LogLevel log_level = registry::LogLevel::kInfo;  // debug, info, warning, error
};

// Takes all settings. Errors name file, line and key.
absl::StatusOr<Config> ReadConfig(registry::Config settings);

}  // namespace worker
