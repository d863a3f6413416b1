#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/config.h"
#include "registry/base/log.h"
#include "registry/net/endpoint.h"
#include "whois/ip_prefix.h"

namespace whois {

// Every setting of postel-whois, by the names that a settings file has. deploy/ holds an example.
struct Config {
  // Where to listen for WHOIS; may repeat. Default: 0.0.0.0:43 and [::]:43.
  std::vector<registry::net::Endpoint> whois_listen;
  // Where to listen for RDAP over plain HTTP, behind what ends TLS; may repeat. Default:
  // 127.0.0.1:8080 and [::1]:8080.
  std::vector<registry::net::Endpoint> rdap_listen;
  // Where to listen for RDAP over HTTPS; may repeat. Default: nowhere.
  std::vector<registry::net::Endpoint> rdap_tls_listen;
  // PEM files for it: the certificate followed by the intermediate ones, and its key. Read again on
  // SIGHUP.
  std::string tls_certificate, tls_key;
  // How the public reaches our RDAP, as links show it: "https://rdap.example", without the final
  // slash; required.
  std::string rdap_base_url;
  // Where the terms of service stand. Default: rdap_base_url + "/help".
  std::string terms_url;
  // What the look-up page calls itself, 1 to 80 characters.
  std::string service_name = "Domain look-up";
  // The host name of our WHOIS service for RDAP's member port43. Default: none.
  std::string whois_host;
  // Lines after every WHOIS answer; may repeat.
  std::vector<std::string> disclaimer;

  std::string database;  // libpq connection string; required
  int read_lanes = 1;    // connections that read, 1 to 16
  int max_group = 128;   // queries answered in one database transaction, 1 to 1024
  int max_queue = 4096;  // queries that wait before new ones are sent away, 16 to 1,000,000
  int io_threads = 0;    // 0: one for each processor, at most 8; else 1 to 64

  // Answers for domains are kept in memory, for each protocol up to so many bytes, 0 (none) to 64G.
  int64_t cache_size = 256 << 20;
  // What changed is looked for so often, 10ms to 1s; without knowing it for longer than
  // cache_max_lag (20ms to 10s) the database is asked every time. No answer is kept for longer than
  // cache_max_age, 1s to 24h.
  absl::Duration cache_poll = absl::Milliseconds(100);
  absl::Duration cache_max_lag = absl::Milliseconds(500);
  absl::Duration cache_max_age = absl::Minutes(15);

  int64_t max_query = 1 << 10;    // bytes of a WHOIS query line, 64 to 64k
  int64_t max_header = 16 << 10;  // bytes of an HTTP request without its body, 1k to 1M
  int64_t max_target = 4 << 10;   // bytes of an HTTP request target, 256 to 64k
  int max_requests = 1000;        // HTTP requests on one connection, 1 to 1,000,000
  int max_results = 100;          // name servers in one answer of WHOIS, 1 to 10,000

  // RDAP's searches have threads and connections to the database of their own.
  int search_lanes = 2;      // of these, 1 to 16
  int search_queue = 64;     // searches that wait before new ones are sent away, 1 to 10,000
  int search_page = 50;      // objects on a page, 1 to 500
  int search_prefix = 3;     // characters that must stand before a pattern's asterisk, 1 to 63
  int search_most = 2000;    // objects that are read to be counted or sorted, 100 to 1,000,000
  int search_related = 100;  // hosts or contacts whose domains one search finds, 1 to 10,000
  // A search may wait so long, and each of its statements may run so long, 10ms to 1m.
  absl::Duration search_timeout = absl::Seconds(2);

  // The registry may take so long to answer, 100ms to 5m.
  absl::Duration query_timeout = absl::Seconds(10);
  // A query may take so long to arrive, and an answer to be taken, 1s to 10m.
  absl::Duration idle_timeout = absl::Seconds(30);
  // What a stop may take: answering what is in flight, 0 to 10m.
  absl::Duration shutdown_grace = absl::Seconds(30);

  int max_connections = 4096;            // of each protocol, 1 to 1,000,000
  int max_connections_per_address = 64;  // from one IPv4 address or IPv6 /64, 1 to 1,000,000

  int rate_limit = 600;  // queries a minute from one source; 0: no limit; at most 1,000,000
  int rate_burst = 300;  // so many of them at once, 1 to 1,000,000
  int search_cost = 10;  // a search counts as so many queries, 1 to 1000
  int64_t rate_table = 16 << 20;  // bytes of memory for the sources that ask, 4k to 4G
  int token_rate_limit = 6000;    // queries a minute with one token; 0: no limit; at most 1,000,000
  // Addresses or networks that are not limited; may repeat. Default: 127.0.0.0/8 and ::1.
  std::vector<IpPrefix> unlimited;
  // Proxies whose X-Forwarded-For is believed; may repeat. Default: none.
  std::vector<IpPrefix> trusted_proxies;
  // Where every access of an authorised client is recorded. Default: nowhere, and then nobody is
  // authorised.
  std::string audit_log;

  // Where http://.../metrics is served. Default: 127.0.0.1:9701.
  registry::net::Endpoint metrics_listen{"127.0.0.1", 9701};
  registry::LogLevel log_level = registry::LogLevel::kInfo;  // debug, info, warning, error
};

// Takes all settings. Errors name file, line and key.
absl::StatusOr<Config> ReadConfig(registry::Config settings);

}  // namespace whois
