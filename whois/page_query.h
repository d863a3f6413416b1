#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"

namespace whois {

// What somebody typed into the look-up page, and what it may mean: all that is there is looked up,
// in this order, and the first that is found is the answer.
struct PageQuery {
  std::string typed;  // without blanks at its ends
  std::optional<registry::DomainName> domain;
  std::optional<registry::DomainName> host;
  std::optional<registry::IpAddress> address;
  std::string roid;       // may be a contact's
  std::string registrar;  // its IANA ID, or its name
  // It is no query, unless a registrar happens to have this name: what to do about it, for people.
  std::string_view problem;
};

// WHOIS' queries (whois_query.h), and what people type and paste besides: an address, a registrar's
// number or name, "contact ROID", a web or e-mail address for the domain name in it. `text`: UTF-8,
// or not.
PageQuery ParsePageQuery(std::string_view text);

}  // namespace whois
