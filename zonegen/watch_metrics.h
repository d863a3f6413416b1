#pragma once

#include <string>

#include "registry/net/metrics.h"
#include "zonegen/generate.h"

namespace zonegen {

// What `watch` shows to Prometheus.
class WatchMetrics {
 public:
  explicit WatchMetrics(registry::net::Metrics& metrics);

  void Generated(const std::string& tld, const GeneratedZone& zone);
  void Failed(const std::string& tld);
  void Reloaded(const std::string& tld, bool ok);

 private:
  registry::net::Metrics& metrics_;
  prometheus::Histogram& seconds_;
};

}  // namespace zonegen
