#pragma once

#include <string_view>

namespace whois {

// An error body, RFC 9083 section 6. The texts do not repeat what the client sent.
struct RdapError {
  int status = 0;  // of HTTP
  std::string_view title;
  std::string_view description;
};

// What more than one of our parts says.
inline constexpr RdapError kBadEncoding{400, "Bad Request",
                                        "The request is not well-formed percent-encoded UTF-8."};
inline constexpr RdapError kBadName{400, "Bad Request", "This is not a domain name."};
inline constexpr RdapError kNotOffered{501, "Not Implemented",
                                       "This type of query is not offered."};
inline constexpr RdapError kCannotAnswer{503, "Service Unavailable",
                                         "The registry cannot answer now; please try again later."};

}  // namespace whois
