#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "epp/clearinghouse.h"
#include "registry/base/config.h"
#include "registry/base/log.h"
#include "registry/net/endpoint.h"

namespace epp {

// Every setting of postel-epp, by the names that a settings file has. deploy/ holds an example.
struct Config {
  // Where to listen for EPP over TLS; may repeat. Default: 0.0.0.0:700 and [::]:700.
  std::vector<registry::net::Endpoint> listen;
  // The svID of the greeting, 3 to 64 characters: who this server is.
  std::string server_id = "Postel";

  // PEM files. The chain of the server, its key, and who signs registrars' certificates. All are
  // required, and read again on SIGHUP.
  std::string certificate;
  std::string certificate_key;
  std::string client_ca;

  std::string database;  // libpq connection string; required
  int write_lanes = 2;   // connections that commit, 1 to 16
  int read_lanes = 1;    // connections that read, 1 to 16
  int max_group = 128;   // commands in one transaction, 1 to 1024
  int fair_share = 12;   // commands of one registrar in work while one with fewer asks, 1 to 1024
  int max_queue = 4096;  // commands that wait before sessions stop reading, 16 to 1,000,000
  int io_threads = 0;    // 0: one for each processor, at most 8; else 1 to 64
  int password_threads = 1;  // threads that hash passwords at logins, 1 to 16

  // Bytes of a frame with its length field, 1k to 16M. RFC 5734 sets no limit; we must.
  int64_t max_frame = 64 << 10;
  int max_names_per_check = 50;  // more are refused with 2306, 1 to 1000
  // A session without a command for so long ends, 1s to 7d.
  absl::Duration idle_timeout = absl::Minutes(10);
  // From the greeting to a successful login, 1s to 1h.
  absl::Duration login_timeout = absl::Minutes(1);
  // The longest that a session lasts, however busy, 1m to 30d.
  absl::Duration session_lifetime = absl::Hours(24);
  absl::Duration handshake_timeout = absl::Seconds(10);  // for TLS, 1s to 5m
  // An answer that the client does not take for so long ends the session, 1s to 10m.
  absl::Duration write_timeout = absl::Seconds(30);
  // After the last answer: how long the client may take to close as well, 0 to 1m.
  absl::Duration close_timeout = absl::Seconds(5);

  // The files of the trademark clearinghouse, for TLDs in their sunrise or claims phase. Without
  // `tmch_folder` the launch extension is not offered. `tmch_refresh`: how often to look for
  // changed files, 1s to 1h. `max_tmch_list`: bytes of one file, 1k to 2G.
  ClearinghouseSettings tmch{{}, absl::Seconds(10), 256 << 20};
  int64_t max_signed_mark = 48 << 10;  // bytes of one, without its base64, 1k to 12M

  int max_connections = 4096;             // TCP connections, 1 to 1,000,000
  int max_connections_per_address = 256;  // from one IPv4 address or IPv6 /64, 1 to 1,000,000
  int max_sessions = 4096;                // logged in, 1 to 1,000,000
  // Unless the registrar has a number of its own, 1 to 1,000,000.
  int max_sessions_per_registrar = 50;
  int login_failures = 3;  // the last of so many answers 2501 and closes, 1 to 100
  // Characters of a password in loginSec-1.0 (RFC 8807); without it EPP allows 16. 16 to 1024.
  int longest_password = 128;
  // So long before a password or a client certificate expires logins are warned, 0 to 365d.
  absl::Duration password_warning = absl::Hours(24 * 14);
  absl::Duration certificate_warning = absl::Hours(24 * 30);
  // Failed logins are told with the next good one for so long, 1h to 30d.
  absl::Duration failed_login_window = absl::Hours(24);
  int backlog = 1024;  // connections that the kernel completes ahead of us, 1 to 65535

  // Where http://.../metrics is served. Default: 127.0.0.1:9700.
  registry::net::Endpoint metrics_listen{"127.0.0.1", 9700};
  registry::LogLevel log_level = registry::LogLevel::kInfo;  // debug, info, warning, error
  // A command that the database does not answer for so long gets 2400, 1s to 10m.
  absl::Duration command_timeout = absl::Seconds(30);
  // What a stop may take: answering what is in flight, then closing, 0 to 10m.
  absl::Duration shutdown_grace = absl::Seconds(30);
};

// Takes all settings. Errors name file, line and key.
absl::StatusOr<Config> ReadConfig(registry::Config settings);

}  // namespace epp
