#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>

#include "absl/time/time.h"
#include "whois/http_message.h"
#include "whois/rdap_error.h"

namespace whois {

struct HttpLimits {
  size_t max_header_bytes = 16 * 1024;  // request line and fields
  size_t max_target_bytes = 4 * 1024;
  int max_requests = 1000;                          // on one connection
  absl::Duration idle_timeout = absl::Seconds(30);  // for a whole request, for an answer to go
};

// A well-formed request, or what is wrong with it; after that nothing can follow.
using HttpIncoming = std::variant<HttpRequest, RdapError>;

// Cuts the requests of one client out of what it sends; never touches a socket.
//
//   while (!(incoming = reader.Next())) append what arrives to reader.buffer();
class HttpRequestReader {
 public:
  // The limits outlive it.
  explicit HttpRequestReader(const HttpLimits& limits) : limits_(limits) {}

  // Nothing: more bytes are needed. At most one head and a little more is ever held.
  std::optional<HttpIncoming> Next();
  // What was not taken yet. Empty after Next: the client has asked for nothing.
  std::string& buffer() { return buffer_; }

 private:
  void DropEmptyLines();
  size_t HeadSize() const;
  HttpIncoming Take(size_t size);
  HttpIncoming TooLarge() const;

  const HttpLimits& limits_;
  std::string buffer_;
  size_t scanned_ = 0;  // so much of it has no end of a head
};

}  // namespace whois
