#include "zonegen/watch_metrics.h"

#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace zonegen {

WatchMetrics::WatchMetrics(registry::net::Metrics& metrics)
    : metrics_(metrics),
      seconds_(metrics.Latency("zone_generation_seconds", "How long it took to make a zone.")) {}

void WatchMetrics::Generated(const std::string& tld, const GeneratedZone& zone) {
  const prometheus::Labels labels{{"tld", tld}};
  seconds_.Observe(absl::ToDoubleSeconds(zone.took));
  metrics_.Gauge("zone_serial", "The SOA serial of the zone file.", labels).Set(zone.serial);
  for (size_t i = 0; i < kCountedNames.size(); ++i) {
    metrics_
        .Gauge("zone_counts", "Delegations of the zone file, and its records by type.",
               {{"tld", tld}, {"counted", std::string(kCountedNames[i])}})
        .Set(static_cast<double>(zone.counts.numbers[i]));
  }
  metrics_
      .Gauge("zone_current_time_seconds",
             "When the zone file was last known to be what the registry holds, since 1970.", labels)
      .Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
  metrics_.Counter("zones_generated_total", "Zones made.", labels).Increment();
  if (zone.written) {
    metrics_.Counter("zones_written_total", "Zone files replaced by one that differs.", labels)
        .Increment();
  }
}

void WatchMetrics::Failed(const std::string& tld) {
  metrics_
      .Counter("zones_failed_total", "Zones that could not be made, or were refused.",
               {{"tld", tld}})
      .Increment();
}

void WatchMetrics::Reloaded(const std::string& tld, bool ok) {
  metrics_
      .Counter("zone_reloads_total", "Runs of reload_command.",
               {{"tld", tld}, {"result", ok ? "ok" : "failed"}})
      .Increment();
}

}  // namespace zonegen
