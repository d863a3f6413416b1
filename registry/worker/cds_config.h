#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/config.h"
#include "registry/cds/child_scanner.h"
#include "registry/net/endpoint.h"

namespace worker {

// The settings of `postel-worker cds`, each with "cds_" before its name.
struct CdsConfig {
  // Whose delegations are looked at, several in a line; a second TLD of a bundle counts for itself.
  std::vector<std::string> tlds;
  absl::Duration interval = absl::Hours(24);  // from one pass's begin to the next's, 1s to 30d
  // A pass takes at least this share of the interval, evenly over the domains; 0: as fast as the
  // rates allow. Per cent, 0 to 100.
  int spread_percent = 80;
  int batch = 2000;    // domains between two notes of where it is, 1 to 20000
  int parallel = 200;  // domains looked at at once, 1 to 5000

  int rate = 500;                             // queries a second in all, 1 to 100000
  int server_rate = 20;                       // to one address, 1 to 10000
  absl::Duration timeout = absl::Seconds(2);  // of a query, 100ms to 30s
  int attempts = 2;                           // 1 to 10
  int failures = 3;                           // in a row, then an address is left alone; 1 to 100
  absl::Duration shortest_rest = absl::Minutes(1);  // at first, then twice as long, 1s to 1d
  absl::Duration longest_rest = absl::Hours(1);     // at last, 1s to 1d
  bool ipv6 = true;

  bool bootstrap = false;  // the first DS records by RFC 9615
  // With bootstrap, the first DS records by RFC 8078 section 3.3, where nobody vouches; 0: never.
  // At most 365d.
  absl::Duration accept_after;
  // Files of DS or DNSKEY records, one a line; bootstrap needs one.
  std::vector<std::string> trust_anchors;
  std::string resolver;      // "192.0.2.53" or "192.0.2.53@5353"; empty: from the root down
  std::string unbound;       // a file in the form of unbound.conf; empty: none
  int port = 53;             // of all name servers, 1 to 65535
  bool any_address = false;  // also loopback, private and such

  registry::net::Endpoint metrics_listen{"127.0.0.1", 9704};
};

// Takes them from the settings; what is wrong is remembered there.
void TakeCdsSettings(registry::Config& settings, CdsConfig* config);

cds::ChildScanner::Options ScannerOptions(const CdsConfig& config);

}  // namespace worker
