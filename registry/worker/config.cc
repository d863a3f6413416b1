#include "registry/worker/config.h"

#include <utility>

namespace worker {
namespace {

void TakeMetricsAndLog(registry::Config& settings, Config* config) {
  std::string endpoint, level;
  settings.Take("metrics_listen", &endpoint).Take("log_level", &level);
  if (!endpoint.empty()) {
    auto parsed = registry::net::ParseEndpoint(endpoint);
    if (parsed.ok()) {
      config->metrics_listen = *std::move(parsed);
    } else {
      settings.Fail("metrics_listen", std::string(parsed.status().message()));
    }
  }
  if (!level.empty() && !registry::ParseLogLevel(level, &config->log_level)) {
    settings.Fail("log_level", "must be debug, info, warning or error");
  }
}

}  // namespace

absl::StatusOr<Config> ReadConfig(registry::Config settings) {
  Config config;
  settings.Require("database")
      .Take("database", &config.database)
      .Take("interval", &config.interval, absl::Milliseconds(100), absl::Hours(1))
      .Take("batch", &config.batch, 1, 4096)
      .Take("write_lanes", &config.write_lanes, 1, 16)
      .Take("housekeeping_interval", &config.housekeeping_interval, absl::Seconds(1),
            absl::Hours(24))
      .Take("feed_patience", &config.feed_patience, absl::Minutes(1), absl::Hours(24 * 365))
      .Take("commit_group_age", &config.commit_group_age, absl::Hours(1), absl::Hours(24 * 365));
  TakeCdsSettings(settings, &config.cds);
  TakeMetricsAndLog(settings, &config);
  if (absl::Status status = settings.Finish(); !status.ok()) return status;
  return config;
}

}  // namespace worker
