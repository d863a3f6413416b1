#pragma once

#include <boost/asio/awaitable.hpp>

#include "absl/time/time.h"
#include "whois/http_message.h"
#include "whois/rdap_error.h"

namespace whois {

// What answers the requests of an HTTP server. Thread-safe.
class HttpService {
 public:
  virtual ~HttpService() = default;
  virtual boost::asio::awaitable<HttpResponse> Answer(HttpRequest request) const = 0;
  // The answer to what never became a request.
  virtual HttpResponse Refuse(const RdapError& error) const = 0;
  virtual absl::Time Now() const = 0;
};

}  // namespace whois
