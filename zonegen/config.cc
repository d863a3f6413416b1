#include "zonegen/config.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/store/zone_reader.h"
#include "zonegen/kept_zones.h"
#include "zonegen/reload_command.h"

namespace zonegen {
namespace {

void TakeLimits(registry::Config& settings, std::string_view key, int most_percent,
                std::array<ChangeLimit, kCountedNames.size()>* limits) {
  std::vector<std::string> texts;
  settings.TakeList(key, &texts);
  for (size_t i = 0; i < texts.size(); ++i) {
    const absl::Status status = TakeLimit(texts[i], most_percent, *limits);
    if (!status.ok()) settings.Fail(key, i, std::string(status.message()));
  }
}

void TakeReload(registry::Config& settings, Config* config) {
  std::string command;
  settings.Take("reload_command", &command)
      .Take("reload_timeout", &config->reload_timeout, absl::Seconds(1), absl::Minutes(10));
  auto words = SplitWords(command);
  if (words.ok()) {
    config->reload_command = *std::move(words);
  } else {
    settings.Fail("reload_command", std::string(words.status().message()));
  }
}

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
      .Take("directory", &config.directory)
      .TakeList("tld", &config.tlds)
      .Take("interval", &config.interval, absl::Milliseconds(100), absl::Hours(24))
      .Take("keep_zones", &config.keep_zones, 0, kMostKeptZones)
      .Take("connections", &config.connections, 1, registry::store::kMostZoneConnections)
      .Take("feed_reader", &config.feed_reader);
  if (config.feed_reader.empty()) settings.Fail("feed_reader", "must not be empty");
  TakeLimits(settings, "max_shrink", 100, &config.limits.shrink);
  TakeLimits(settings, "max_growth", ChangeLimits::kMostPercent, &config.limits.growth);
  config.follow.Take(settings);
  TakeReload(settings, &config);
  TakeMetricsAndLog(settings, &config);
  if (absl::Status status = settings.Finish(); !status.ok()) return status;
  return config;
}

std::string ZoneFilePath(const Config& config, const std::string& tld) {
  return registry::Concat(config.directory, "/", tld, ".zone");
}

}  // namespace zonegen
