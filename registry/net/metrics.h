#pragma once

#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/family.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "registry/net/endpoint.h"

namespace registry::net {

// The numbers that a process shows to Prometheus. All names get the prefix "postel_". Labels have
// finitely many values. Thread-safe; what it returns lives as long as it does.
class Metrics {
 public:
  // `program` is the value of postel_build_info{program, version}.
  Metrics(std::string_view program, std::string_view version);

  prometheus::Counter& Counter(std::string_view name, std::string_view help,
                               const prometheus::Labels& labels = {});
  prometheus::Gauge& Gauge(std::string_view name, std::string_view help,
                           const prometheus::Labels& labels = {});
  // Durations in seconds, from 100 microseconds to 10 seconds.
  prometheus::Histogram& Latency(std::string_view name, std::string_view help,
                                 const prometheus::Labels& labels = {});
  // A gauge whose value is asked for at every scrape, for example whether the database answers.
  // `value` must not block, and must be callable until Close.
  void Watch(std::string_view name, std::string_view help, std::function<double()> value);

  // Likewise a counter: a number that only grows.
  void WatchCounter(std::string_view name, std::string_view help, std::function<double()> value);

  // Serves them on http://<endpoint>/metrics.
  absl::Status Expose(const Endpoint& endpoint);
  // The port served, for an endpoint whose port was 0.
  int port() const;
  // Ends serving; afterwards nothing calls the watched functions.
  void Close();

  prometheus::Registry& registry() { return *registry_; }

 private:
  void Keep(std::shared_ptr<prometheus::Collectable> watched);

  std::shared_ptr<prometheus::Registry> registry_;
  std::vector<std::shared_ptr<prometheus::Collectable>> watched_;
  std::unique_ptr<prometheus::Exposer> exposer_;
};

}  // namespace registry::net
