#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/time/time.h"

// What our services see of HTTP/1.1 (RFC 9112), independent of the library that parses it.
namespace whois {

enum class HttpMethod : uint8_t {
  kGet,
  kHead,
  kOptions,
  kOther,    // a method of HTTP that we do not serve
  kUnknown,  // no method that we ever heard of
};

struct HttpRequest {
  HttpMethod method = HttpMethod::kGet;
  std::string target;       // as it stands in the request line
  bool keep_alive = false;  // the client wants the connection to stay open, and it can
  // Fields, as they were sent; several of one name are joined by commas. Empty: not sent.
  std::string accept;
  std::string accept_encoding;
  std::string authorization;
  std::string forwarded_for;  // X-Forwarded-For
  std::string if_none_match;
  std::string source;  // address of the client as the socket has it
};

inline constexpr std::string_view kRdapMediaType = "application/rdap+json";

struct HttpResponse {
  int status = 200;
  std::string body;
  std::string_view media_type = kRdapMediaType;
  // In place of `body` if there: somebody keeps it for others too.
  std::shared_ptr<const std::string> shared_body;
  std::string_view encoding;       // Content-Encoding of the body; empty: none
  std::string entity_tag;          // ETag with its quotes; empty: none
  std::string_view cache_control;  // empty: none
  int retry_after = 0;             // seconds; 0: not said
  std::string more_fields;         // whole header lines, each ended by CR LF

  std::string_view content() const { return shared_body ? *shared_body : body; }
};

// A whole message is its head and its content. Every answer may be read by any web page (RFC 7480
// section 5.6).
struct HttpFraming {
  bool keep_alive = false;
  bool with_body = true;  // false: the answer to HEAD
  absl::Time date;
};
// What comes before the content.
std::string FormatHttpHead(const HttpResponse& response, const HttpFraming& framing);
// What comes behind it: nothing where there is no content. Valid as long as the response.
std::string_view ContentToSend(const HttpResponse& response, const HttpFraming& framing);

}  // namespace whois
