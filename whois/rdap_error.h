#pragma once

#include <string_view>

namespace whois {

// An error body, RFC 9083 section 6. The texts do not repeat what the client sent.
struct RdapError {
  int status = 0;  // of HTTP
  std::string_view title;
  std::string_view description;
};

}  // namespace whois
