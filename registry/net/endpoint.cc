#include "registry/net/endpoint.h"

#include <boost/asio/ip/address.hpp>
#include <charconv>

#include "absl/strings/str_cat.h"
#include "registry/base/utf8.h"

namespace registry::net {

absl::StatusOr<Endpoint> ParseEndpoint(std::string_view text) {
  const absl::Status malformed = absl::InvalidArgumentError(absl::StrCat(
      "'", Excerpt(text), "' is not address:port, such as 127.0.0.1:700 or [::1]:700"));
  const size_t colon = text.rfind(':');
  // Behind a NUL, Asio would not see the rest of the address.
  if (colon == std::string_view::npos || !PrintableLength(text)) return malformed;

  std::string_view host = text.substr(0, colon);
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (bracketed) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(host), error);
  if (error || address.is_v6() != bracketed) return malformed;

  uint16_t port = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + colon + 1, end, port);
  if (read.ec != std::errc() || read.ptr != end) return malformed;
  return Endpoint{address.to_string(), port};
}

std::string FormatEndpoint(const Endpoint& endpoint) {
  const bool v6 = endpoint.address.find(':') != std::string::npos;
  return v6 ? absl::StrCat("[", endpoint.address, "]:", endpoint.port)
            : absl::StrCat(endpoint.address, ":", endpoint.port);
}

}  // namespace registry::net
