#pragma once

#include <string_view>
#include <vector>

namespace whois {

// The RDAP word for an EPP or RGP status, RFC 8056 section 2: "client hold" for "clientHold".
// Aborts for a word that is neither.
std::string_view RdapStatus(std::string_view epp_status);

// Every EPP status that has an RDAP word.
std::vector<std::string_view> MappedStatuses();

}  // namespace whois
