#include "whois/url_encode.h"

#include "absl/strings/ascii.h"

namespace whois {

std::string UrlEncode(std::string_view text) {
  constexpr std::string_view kUnreserved = "-._~";  // RFC 3986 section 2.3
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    if (absl::ascii_isalnum(octet) || kUnreserved.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', kHex[octet >> 4], kHex[octet & 15]};
    }
  }
  return out;
}

}  // namespace whois
