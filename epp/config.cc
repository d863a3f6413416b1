#include "epp/config.h"

#include <string_view>
#include <utility>

#include "registry/model/failed_login.h"

namespace epp {
namespace {

constexpr int kMillion = 1'000'000;

void TakeEndpoint(registry::Config& settings, std::string_view key, const std::string& text,
                  registry::net::Endpoint* out) {
  auto parsed = registry::net::ParseEndpoint(text);
  if (parsed.ok()) {
    *out = *std::move(parsed);
  } else {
    settings.Fail(key, std::string(parsed.status().message()));
  }
}

void TakeListen(registry::Config& settings, Config* config) {
  std::vector<std::string> texts;
  settings.TakeList("listen", &texts);
  if (texts.empty()) texts = {"0.0.0.0:700", "[::]:700"};
  for (const std::string& text : texts) {
    TakeEndpoint(settings, "listen", text, &config->listen.emplace_back());
  }
}

void TakeIdentity(registry::Config& settings, Config* config) {
  settings.Take("server_id", &config->server_id);
  if (config->server_id.size() < 3 || config->server_id.size() > 64) {
    settings.Fail("server_id", "must have 3 to 64 characters");
  }
  for (std::string_view key : {"certificate", "certificate_key", "client_ca", "database"}) {
    settings.Require(key);
  }
  settings.Take("certificate", &config->certificate)
      .Take("certificate_key", &config->certificate_key)
      .Take("client_ca", &config->client_ca)
      .Take("database", &config->database);
}

void TakeSizes(registry::Config& settings, Config* config) {
  settings.Take("write_lanes", &config->write_lanes, 1, 16)
      .Take("read_lanes", &config->read_lanes, 1, 16)
      .Take("max_group", &config->max_group, 1, 1024)
      .Take("fair_share", &config->fair_share, 1, 1024)
      .Take("max_queue", &config->max_queue, 16, kMillion)
      .Take("io_threads", &config->io_threads, 0, 64)
      .Take("password_threads", &config->password_threads, 1, 16)
      .Take("max_names_per_check", &config->max_names_per_check, 1, 1000)
      .TakeBytes("max_frame", &config->max_frame, 1 << 10, 16 << 20);
}

void TakeTimes(registry::Config& settings, Config* config) {
  const absl::Duration second = absl::Seconds(1);
  const absl::Duration day = absl::Hours(24);
  settings.Take("idle_timeout", &config->idle_timeout, second, 7 * day)
      .Take("login_timeout", &config->login_timeout, second, absl::Hours(1))
      .Take("session_lifetime", &config->session_lifetime, absl::Minutes(1), 30 * day)
      .Take("handshake_timeout", &config->handshake_timeout, second, absl::Minutes(5))
      .Take("write_timeout", &config->write_timeout, second, absl::Minutes(10))
      .Take("password_warning", &config->password_warning, absl::ZeroDuration(), 365 * day)
      .Take("certificate_warning", &config->certificate_warning, absl::ZeroDuration(), 365 * day)
      .Take("failed_login_window", &config->failed_login_window, absl::Hours(1),
            registry::kLongestFailureWindow)
      .Take("close_timeout", &config->close_timeout, absl::ZeroDuration(), absl::Minutes(1))
      .Take("command_timeout", &config->command_timeout, second, absl::Minutes(10))
      .Take("shutdown_grace", &config->shutdown_grace, absl::ZeroDuration(), absl::Minutes(10));
}

void TakeLimits(registry::Config& settings, Config* config) {
  settings.Take("max_connections", &config->max_connections, 1, kMillion)
      .Take("max_connections_per_address", &config->max_connections_per_address, 1, kMillion)
      .Take("max_sessions", &config->max_sessions, 1, kMillion)
      .Take("max_sessions_per_registrar", &config->max_sessions_per_registrar, 1, kMillion)
      .Take("login_failures", &config->login_failures, 1, 100)
      .Take("longest_password", &config->longest_password, 16, 1024)
      .Take("backlog", &config->backlog, 1, 65535);
}

void TakeLaunch(registry::Config& settings, Config* config) {
  settings.Take("tmch_folder", &config->tmch.folder)
      .Take("tmch_refresh", &config->tmch.refresh, absl::Seconds(1), absl::Hours(1))
      .TakeBytes("max_tmch_list", &config->tmch.max_bytes, 1 << 10, int64_t{2} << 30)
      .TakeBytes("max_signed_mark", &config->max_signed_mark, 1 << 10, 12 << 20);
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
  TakeListen(settings, &config);
  TakeIdentity(settings, &config);
  TakeSizes(settings, &config);
  TakeTimes(settings, &config);
  TakeLimits(settings, &config);
  TakeLaunch(settings, &config);
  TakeObservation(settings, &config);
  if (absl::Status status = settings.Finish(); !status.ok()) return status;
  return config;
}

}  // namespace epp
