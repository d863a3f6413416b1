#pragma once

#include <string>
#include <string_view>

namespace whois {

// As a segment of a path or the value of a query: what RFC 3986 does not reserve stands for itself.
std::string UrlEncode(std::string_view text);

}  // namespace whois
