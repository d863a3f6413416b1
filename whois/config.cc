#include "whois/config.h"

#include <optional>
#include <string_view>
#include <utility>

#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace whois {
namespace {

constexpr int kMillion = 1'000'000;
constexpr size_t kLongestName = 80;

void TakeEndpoint(registry::Config& settings, std::string_view key, const std::string& text,
                  registry::net::Endpoint* out) {
  auto parsed = registry::net::ParseEndpoint(text);
  if (parsed.ok()) {
    *out = *std::move(parsed);
  } else {
    settings.Fail(key, std::string(parsed.status().message()));
  }
}

void TakeListen(registry::Config& settings, std::string_view key, std::vector<std::string> texts,
                std::vector<registry::net::Endpoint>* out) {
  std::vector<std::string> given;
  settings.TakeList(key, &given);
  if (!given.empty()) texts = std::move(given);
  for (const std::string& text : texts) TakeEndpoint(settings, key, text, &out->emplace_back());
}

// Absolute, of HTTP, and with nothing in it that would need an escape in JSON or in a header.
bool IsUrl(std::string_view text) {
  const bool http = text.starts_with("http://") || text.starts_with("https://");
  const size_t host = text.find("//") + 2;
  return http && text.size() > host && text[host] != '/' &&
         text.find_first_not_of(
             "-._~:/?#[]@!$&'()*+,;=%ABCDEFGHIJKLMNOPQRSTUVWXYZ"
             "abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

void TakeUrls(registry::Config& settings, Config* config) {
  settings.Require("rdap_base_url").Take("rdap_base_url", &config->rdap_base_url);
  const std::string& base = config->rdap_base_url;
  if (!IsUrl(base) || base.ends_with('/') || base.find_first_of("?#") != std::string::npos) {
    settings.Fail("rdap_base_url",
                  "must be a URL like https://rdap.example, without a final slash");
  }
  config->terms_url = registry::Concat(base, "/help");
  settings.Take("terms_url", &config->terms_url);
  if (!IsUrl(config->terms_url)) settings.Fail("terms_url", "must be an http or https URL");
}

void TakeTexts(registry::Config& settings, Config* config) {
  settings.Take("whois_host", &config->whois_host);
  settings.Take("service_name", &config->service_name);
  const auto characters = registry::PrintableLength(config->service_name);
  if (!characters || *characters < 1 || *characters > kLongestName) {
    settings.Fail("service_name", "must have 1 to 80 characters, none of them control characters");
  }
  settings.TakeList("disclaimer", &config->disclaimer);
  if (config->disclaimer.empty()) {
    config->disclaimer = {
        "Terms of use: these data are provided for lawful purposes only; bulk extraction is not "
        "permitted."};
  }
  for (const std::string& line : config->disclaimer) {
    if (!registry::PrintableLength(line)) {
      settings.Fail("disclaimer", "must be UTF-8 without control characters");
    }
  }
}

void TakeDatabase(registry::Config& settings, Config* config) {
  settings.Require("database")
      .Take("database", &config->database)
      .Take("read_lanes", &config->read_lanes, 1, 16)
      .Take("max_group", &config->max_group, 1, 1024)
      .Take("max_queue", &config->max_queue, 16, kMillion);
}

void TakeCache(registry::Config& settings, Config* config) {
  settings.TakeBytes("cache_size", &config->cache_size, 0, int64_t{64} << 30)
      .Take("cache_poll", &config->cache_poll, absl::Milliseconds(10), absl::Seconds(1))
      .Take("cache_max_lag", &config->cache_max_lag, absl::Milliseconds(20), absl::Seconds(10))
      .Take("cache_max_age", &config->cache_max_age, absl::Seconds(1), absl::Hours(24));
  if (config->cache_max_lag < 2 * config->cache_poll) {
    settings.Fail("cache_max_lag", "must be twice cache_poll at least");
  }
}

void TakeLimits(registry::Config& settings, Config* config) {
  settings.Take("io_threads", &config->io_threads, 0, 64)
      .TakeBytes("max_query", &config->max_query, 64, 64 << 10)
      .TakeBytes("max_header", &config->max_header, 1 << 10, 1 << 20)
      .TakeBytes("max_target", &config->max_target, 256, 64 << 10)
      .Take("max_requests", &config->max_requests, 1, kMillion)
      .Take("max_results", &config->max_results, 1, 10'000)
      .Take("query_timeout", &config->query_timeout, absl::Milliseconds(100), absl::Minutes(5))
      .Take("idle_timeout", &config->idle_timeout, absl::Seconds(1), absl::Minutes(10))
      .Take("shutdown_grace", &config->shutdown_grace, absl::ZeroDuration(), absl::Minutes(10))
      .Take("max_connections", &config->max_connections, 1, kMillion)
      .Take("max_connections_per_address", &config->max_connections_per_address, 1, kMillion);
}

void TakePrefixes(registry::Config& settings, std::string_view key, std::vector<std::string> texts,
                  std::vector<IpPrefix>* out) {
  std::vector<std::string> given;
  settings.TakeList(key, &given);
  if (!given.empty()) texts = std::move(given);
  for (size_t i = 0; i < texts.size(); ++i) {
    if (const std::optional<IpPrefix> prefix = IpPrefix::Parse(texts[i])) {
      out->push_back(*prefix);
    } else {
      settings.Fail(key, i, "must be an address or a network such as 192.0.2.0/24");
    }
  }
}

void TakeAccess(registry::Config& settings, Config* config) {
  settings.Take("rate_limit", &config->rate_limit, 0, kMillion)
      .Take("rate_burst", &config->rate_burst, 1, kMillion)
      .Take("search_cost", &config->search_cost, 1, 1000)
      .TakeBytes("rate_table", &config->rate_table, 4 << 10, int64_t{4} << 30)
      .Take("token_rate_limit", &config->token_rate_limit, 0, kMillion)
      .Take("audit_log", &config->audit_log);
  TakePrefixes(settings, "unlimited", {"127.0.0.0/8", "::1"}, &config->unlimited);
  TakePrefixes(settings, "trusted_proxy", {}, &config->trusted_proxies);
}

void TakeObservation(registry::Config& settings, Config* config) {
  std::string metrics = registry::net::FormatEndpoint(config->metrics_listen);
  settings.Take("metrics_listen", &metrics);
  TakeEndpoint(settings, "metrics_listen", metrics, &config->metrics_listen);

  std::string level = "info";
  settings.Take("log_level", &level);
  if (!registry::ParseLogLevel(level, &config->log_level)) {
    settings.Fail("log_level", "must be debug, info, warning or error");
  }
}

}  // namespace

absl::StatusOr<Config> ReadConfig(registry::Config settings) {
  Config config;
  TakeListen(settings, "whois_listen", {"0.0.0.0:43", "[::]:43"}, &config.whois_listen);
  TakeListen(settings, "rdap_listen", {"127.0.0.1:8080", "[::1]:8080"}, &config.rdap_listen);
  TakeListen(settings, "rdap_tls_listen", {}, &config.rdap_tls_listen);
  if (!config.rdap_tls_listen.empty()) settings.Require("tls_certificate").Require("tls_key");
  settings.Take("tls_certificate", &config.tls_certificate).Take("tls_key", &config.tls_key);
  TakeUrls(settings, &config);
  TakeTexts(settings, &config);
  TakeDatabase(settings, &config);
  TakeCache(settings, &config);
  TakeLimits(settings, &config);
  TakeAccess(settings, &config);
  TakeObservation(settings, &config);
  if (absl::Status status = settings.Finish(); !status.ok()) return status;
  return config;
}

}  // namespace whois
