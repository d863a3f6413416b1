#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
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
  bool host_names = true;  // also info.name_servers and info.subordinates
};

struct DomainLookupAnswer {
  DomainInfoAnswer info;
  std::vector<std::shared_ptr<const Host>> name_servers;  // by name
  struct ContactLink {
    std::optional<ContactRole> role;  // none: the registrant
    std::shared_ptr<const Contact> contact;
  };
  std::vector<ContactLink> contacts;  // the registrant first, then admin, billing, tech
  std::optional<Organization> reseller;
  struct Variant {
    DomainName name;
    std::string idn_table;  // empty: none, as of a name in ASCII
  };
  // What the TLD's tables make the same as this name. Names that could be such variants and are not
  // registered are not listed: there can be thousands.
  bool has_variants = false;
  std::vector<Variant> variants;  // the registered ones, by name
  absl::Time variants_until = absl::InfiniteFuture();  // the clock does something to one of them
};

inline constexpr std::array kDomainLookupReasons = {kDomainNotFound};

Needs NeedsOf(const DomainLookup& command);
Outcome<DomainLookupAnswer> Apply(const DomainLookup& command, const Context& context,
                                  const WorkingSet& set);

}  // namespace registry
