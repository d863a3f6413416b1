#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"

// The query line of WHOIS:
//   NAME, domain NAME               a domain
//   nameserver NAME, nameserver IP  name servers
//   registrar NAME                  a registrar, by its name or its IANA ID
// Letter case and blanks around words do not matter; names may be in A-label or U-label form.
namespace whois {

struct WhoisDomain {
  registry::DomainName name;
};
struct WhoisNameServer {
  registry::DomainName name;
};
struct WhoisAddress {
  registry::IpAddress address;
};
struct WhoisRegistrar {
  std::string name;  // blanks inside are single
};
using WhoisQuery = std::variant<WhoisDomain, WhoisNameServer, WhoisAddress, WhoisRegistrar>;

// `line` without its end. None: not a query.
std::optional<WhoisQuery> ParseWhoisQuery(std::string_view line);

}  // namespace whois
