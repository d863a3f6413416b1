#include "zonegen/follow_metrics.h"

#include "absl/time/clock.h"

namespace zonegen {
namespace {

prometheus::Labels Of(const std::string& primary, const std::string& tld) {
  return {{"primary", primary}, {"tld", tld}};
}

}  // namespace

FollowMetrics::FollowMetrics(registry::net::Metrics& metrics, const std::string& primary,
                             const std::string& tld)
    : leader_(metrics.Gauge("follow_leader", "1 if this process updates the zone, 0 if it waits.",
                            Of(primary, tld))),
      lag_(metrics.Gauge("follow_lag_seconds",
                         "The zone has what the registry held so long ago; 0 if it does not lead.",
                         Of(primary, tld))),
      serial_(
          metrics.Gauge("follow_serial", "The SOA serial of the last update.", Of(primary, tld))),
      poison_(metrics.Gauge("follow_poison_names",
                            "Names whose update the primary refuses, which wait to be tried again.",
                            Of(primary, tld))),
      changes_(metrics.Counter("follow_changes_total", "Entries of the change feed that were sent.",
                               Of(primary, tld))),
      refused_(metrics.Counter("follow_refused_total", "Updates that the primary refused.",
                               Of(primary, tld))),
      overtaken_(metrics.Counter("follow_overtaken_total",
                                 "Updates of a zone that was not as the last update left it.",
                                 Of(primary, tld))),
      failures_(metrics.Counter("follow_failures_total",
                                "Rounds that the database or the primary broke.",
                                Of(primary, tld))),
      compared_(metrics.Counter("follow_comparisons_total",
                                "Comparisons of the registry with the zone.", Of(primary, tld))),
      differences_(metrics.Counter("follow_differences_total",
                                   "Names whose records were not what they should be.",
                                   Of(primary, tld))),
      compared_time_(metrics.Gauge("follow_compared_time_seconds",
                                   "When the last comparison ended, since 1970.",
                                   Of(primary, tld))),
      compared_names_(metrics.Gauge("follow_compared_names", "Names in the last comparison.",
                                    Of(primary, tld))),
      compare_seconds_(
          metrics.Gauge("follow_compare_seconds", "How long it took.", Of(primary, tld))),
      updates_(metrics.Latency("follow_update_seconds",
                               "From sending an update to the primary's answer.",
                               Of(primary, tld))) {}

void FollowMetrics::Compared(int64_t names, int64_t differences, absl::Duration took) {
  compared_.Increment();
  differences_.Increment(static_cast<double>(differences));
  compared_time_.Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
  compared_names_.Set(static_cast<double>(names));
  compare_seconds_.Set(absl::ToDoubleSeconds(took));
}

}  // namespace zonegen
