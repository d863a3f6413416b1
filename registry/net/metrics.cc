#include "registry/net/metrics.h"

#include <exception>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"

namespace registry::net {
namespace {

std::string Prefixed(std::string_view name) { return "postel_" + std::string(name); }

class Watched final : public prometheus::Collectable {
 public:
  Watched(prometheus::MetricType type, std::string name, std::string_view help,
          std::function<double()> value)
      : type_(type), name_(std::move(name)), help_(help), value_(std::move(value)) {}

  std::vector<prometheus::MetricFamily> Collect() const override {
    prometheus::ClientMetric metric;
    (type_ == prometheus::MetricType::Gauge ? metric.gauge.value : metric.counter.value) = value_();
    return {{name_, help_, type_, {std::move(metric)}}};
  }

 private:
  const prometheus::MetricType type_;
  const std::string name_;
  const std::string help_;
  const std::function<double()> value_;
};

}  // namespace

Metrics::Metrics(std::string_view program, std::string_view version)
    : registry_(std::make_shared<prometheus::Registry>()) {
  Gauge("build_info", "The program and its version; the value is always 1.",
        {{"program", std::string(program)}, {"version", std::string(version)}})
      .Set(1);
  Gauge("start_time_seconds", "When the process started, in seconds since 1970.")
      .Set(absl::ToDoubleSeconds(absl::Now() - absl::UnixEpoch()));
}

prometheus::Counter& Metrics::Counter(std::string_view name, std::string_view help,
                                      const prometheus::Labels& labels) {
  return prometheus::BuildCounter()
      .Name(Prefixed(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels);
}

prometheus::Gauge& Metrics::Gauge(std::string_view name, std::string_view help,
                                  const prometheus::Labels& labels) {
  return prometheus::BuildGauge()
      .Name(Prefixed(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels);
}

prometheus::Histogram& Metrics::Latency(std::string_view name, std::string_view help,
                                        const prometheus::Labels& labels) {
  static const prometheus::Histogram::BucketBoundaries kBounds = {
      .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10};
  return prometheus::BuildHistogram()
      .Name(Prefixed(name))
      .Help(std::string(help))
      .Register(*registry_)
      .Add(labels, kBounds);
}

void Metrics::Watch(std::string_view name, std::string_view help, std::function<double()> value) {
  Keep(std::make_shared<Watched>(prometheus::MetricType::Gauge, Prefixed(name), help,
                                 std::move(value)));
}

void Metrics::WatchCounter(std::string_view name, std::string_view help,
                           std::function<double()> value) {
  Keep(std::make_shared<Watched>(prometheus::MetricType::Counter, Prefixed(name), help,
                                 std::move(value)));
}

void Metrics::Keep(std::shared_ptr<prometheus::Collectable> watched) {
  watched_.push_back(std::move(watched));
  if (exposer_) exposer_->RegisterCollectable(watched_.back());
}

absl::Status Metrics::Expose(const Endpoint& endpoint) {
  try {
    exposer_ = std::make_unique<prometheus::Exposer>(FormatEndpoint(endpoint), /*num_threads=*/1);
  } catch (const std::exception& error) {
    return absl::UnavailableError(
        absl::StrCat("cannot serve metrics on ", FormatEndpoint(endpoint), ": ", error.what()));
  }
  exposer_->RegisterCollectable(registry_);
  for (const auto& watched : watched_) exposer_->RegisterCollectable(watched);
  return absl::OkStatus();
}

int Metrics::port() const {
  if (!exposer_) return 0;
  const std::vector<int> ports = exposer_->GetListeningPorts();
  return ports.empty() ? 0 : ports.front();
}

void Metrics::Close() { exposer_.reset(); }

}  // namespace registry::net
