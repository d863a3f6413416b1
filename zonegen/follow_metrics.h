#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "registry/net/metrics.h"

namespace zonegen {

// What the follower of one zone on one primary shows to Prometheus.
class FollowMetrics {
 public:
  FollowMetrics(registry::net::Metrics& metrics, const std::string& primary,
                const std::string& tld);

  void Leads(bool leads) { leader_.Set(leads ? 1 : 0); }
  // The zone has all that the registry held so long ago.
  void Lag(absl::Duration lag) { lag_.Set(absl::ToDoubleSeconds(lag)); }
  void Changes(int64_t entries) { changes_.Increment(static_cast<double>(entries)); }
  void Updated(absl::Duration took) { updates_.Observe(absl::ToDoubleSeconds(took)); }
  void Serial(uint32_t serial) { serial_.Set(serial); }
  void Refused() { refused_.Increment(); }
  void Overtaken() { overtaken_.Increment(); }
  void Poison(int64_t waiting) { poison_.Set(static_cast<double>(waiting)); }
  void Failed() { failures_.Increment(); }
  void Compared(int64_t names, int64_t differences, absl::Duration took);

 private:
  prometheus::Gauge &leader_, &lag_, &serial_, &poison_;
  prometheus::Counter &changes_, &refused_, &overtaken_, &failures_;
  prometheus::Counter &compared_, &differences_;
  prometheus::Gauge &compared_time_, &compared_names_, &compare_seconds_;
  prometheus::Histogram& updates_;
};

}  // namespace zonegen
