#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

// What the RDAP service sees of HTTP/1.1 (RFC 9112), independent of the library that parses it.
namespace whois {

enum class HttpMethod : uint8_t {
  kGet,
  kHead,
  kOther,    // a method of HTTP that we do not serve
  kUnknown,  // no method that we ever heard of
};

struct HttpRequest {
  HttpMethod method = HttpMethod::kGet;
  std::string target;       // as it stands in the request line
  bool keep_alive = false;  // the client wants the connection to stay open, and it can
};

struct HttpResponse {
  int status = 200;
  std::string body;
};

// The whole message. Every answer of RDAP has the same media type and may be read by any web page
// (RFC 7480 sections 4.2 and 5.6). `with_body` false: the answer to HEAD.
struct HttpFraming {
  bool keep_alive = false;
  bool with_body = true;
  absl::Time date;
};
std::string FormatHttp(const HttpResponse& response, const HttpFraming& framing);

}  // namespace whois
