#pragma once

#include <array>
#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/commands/domain_info.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// What WHOIS, RDAP and the operator show of a domain: everything, by value. What of it may be
// published is decided by who shows it (whois/redaction.h).
struct DomainLookup {
  DomainName name;
  bool subordinates = true;  // also which hosts are below it
};

struct DomainLookupAnswer {
  DomainInfoAnswer info;           // with the hosts asked for
  std::vector<Host> name_servers;  // in the order of info.name_servers
  struct ContactLink {
    std::optional<ContactRole> role;  // none: the registrant
    Contact contact;
  };
  std::vector<ContactLink> contacts;  // the registrant first, then admin, billing, tech
  std::optional<Organization> reseller;
};

inline constexpr std::array kDomainLookupReasons = {kDomainNotFound};

Needs NeedsOf(const DomainLookup& command);
Outcome<DomainLookupAnswer> Apply(const DomainLookup& command, const Context& context,
                                  const WorkingSet& set);

}  // namespace registry
