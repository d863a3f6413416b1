#include "registry/worker/cds_config.h"

#include <string_view>
#include <utility>

#include "registry/base/text.h"

namespace worker {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

void TakeTlds(registry::Config& settings, CdsConfig* config) {
  std::vector<std::string> lines;
  settings.TakeList("cds_tld", &lines);
  for (const std::string& line : lines) {
    for (std::string_view tld : registry::Split(line, ' ')) {
      if (!tld.empty()) config->tlds.emplace_back(tld);
    }
  }
}

void TakeMetrics(registry::Config& settings, CdsConfig* config) {
  std::string endpoint;
  settings.Take("cds_metrics_listen", &endpoint);
  if (endpoint.empty()) return;
  auto parsed = registry::net::ParseEndpoint(endpoint);
  if (parsed.ok()) {
    config->metrics_listen = *std::move(parsed);
  } else {
    settings.Fail("cds_metrics_listen", std::string(parsed.status().message()));
  }
}

}  // namespace

void TakeCdsSettings(registry::Config& settings, CdsConfig* config) {
  TakeTlds(settings, config);
  settings.Take("cds_interval", &config->interval, absl::Seconds(1), 30 * kDay)
      .Take("cds_spread_percent", &config->spread_percent, 0, 100)
      .Take("cds_batch", &config->batch, 1, 20'000)
      .Take("cds_parallel", &config->parallel, 1, 5'000)
      .Take("cds_rate", &config->rate, 1, 100'000)
      .Take("cds_server_rate", &config->server_rate, 1, 10'000)
      .Take("cds_timeout", &config->timeout, absl::Milliseconds(100), absl::Seconds(30))
      .Take("cds_attempts", &config->attempts, 1, 10)
      .Take("cds_failures", &config->failures, 1, 100)
      .Take("cds_shortest_rest", &config->shortest_rest, absl::Seconds(1), kDay)
      .Take("cds_longest_rest", &config->longest_rest, absl::Seconds(1), kDay)
      .Take("cds_ipv6", &config->ipv6)
      .Take("cds_bootstrap", &config->bootstrap)
      .Take("cds_accept_after", &config->accept_after, absl::ZeroDuration(), 365 * kDay)
      .TakeList("cds_trust_anchor", &config->trust_anchors)
      .Take("cds_resolver", &config->resolver)
      .Take("cds_unbound", &config->unbound)
      .Take("cds_port", &config->port, 1, 65'535)
      .Take("cds_any_address", &config->any_address);
  TakeMetrics(settings, config);
  if (config->longest_rest < config->shortest_rest) {
    settings.Fail("cds_longest_rest", "must not be shorter than cds_shortest_rest");
  }
  if (config->bootstrap && config->trust_anchors.empty()) {
    settings.Fail("cds_bootstrap", "needs cds_trust_anchor");
  }
  if (!config->bootstrap && config->accept_after > absl::ZeroDuration()) {
    settings.Fail("cds_accept_after", "needs cds_bootstrap");
  }
}

cds::ChildScanner::Options ScannerOptions(const CdsConfig& config) {
  cds::ChildScanner::Options options;
  options.client.timeout = config.timeout;
  options.client.attempts = config.attempts;
  options.client.port = static_cast<uint16_t>(config.port);
  options.client.limits.per_server = config.server_rate;
  options.client.limits.total = config.rate;
  options.client.limits.failures = config.failures;
  options.client.limits.shortest_rest = config.shortest_rest;
  options.client.limits.longest_rest = config.longest_rest;
  options.resolver.trust_anchors = config.trust_anchors;
  options.resolver.forwarder = config.resolver;
  options.resolver.configuration = config.unbound;
  options.resolver.asks_localhost = config.any_address;
  options.parallel = config.parallel;
  options.bootstrap = config.bootstrap;
  options.accept_after = config.accept_after;
  options.ipv6 = config.ipv6;
  options.any_address = config.any_address;
  return options;
}

}  // namespace worker
