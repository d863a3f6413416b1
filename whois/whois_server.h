#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "absl/time/time.h"
#include "whois/query_limits.h"
#include "whois/tcp_server.h"
#include "whois/whois_service.h"

namespace whois {

struct WhoisLimits {
  size_t max_query_bytes = 1024;
  absl::Duration idle_timeout = absl::Seconds(30);  // for the query to arrive, for the answer to go
  QueryLimits* queries = nullptr;                   // of sources; null: none
};

// One client of WHOIS: one line, one answer, and the end (RFC 3912). The service outlives it.
boost::asio::awaitable<void> ServeWhois(TcpServer::Client client, const WhoisLimits& limits,
                                        const WhoisService& service);

}  // namespace whois
