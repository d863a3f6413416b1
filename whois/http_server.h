#pragma once

#include <boost/asio/awaitable.hpp>

#include "whois/http_request_reader.h"
#include "whois/http_service.h"
#include "whois/tcp_server.h"

namespace whois {

// One client of RDAP: requests of HTTP/1.1 one after the other, pipelined ones in their order. The
// service outlives it.
boost::asio::awaitable<void> ServeHttp(TcpServer::Client client, const HttpLimits& limits,
                                       const HttpService& service);

}  // namespace whois
