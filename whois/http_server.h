#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>

#include "absl/time/time.h"
#include "whois/rdap_service.h"
#include "whois/tcp_server.h"

namespace whois {

struct HttpLimits {
  size_t max_header_bytes = 16 * 1024;  // request line and fields
  size_t max_target_bytes = 4 * 1024;
  int max_requests = 1000;                          // on one connection
  absl::Duration idle_timeout = absl::Seconds(30);  // for a whole request, for an answer to go
};

// One client of RDAP: requests of HTTP/1.1 one after the other, pipelined ones in their order. The
// service outlives it.
boost::asio::awaitable<void> ServeHttp(TcpServer::Client client, const HttpLimits& limits,
                                       const RdapService& service);

}  // namespace whois
