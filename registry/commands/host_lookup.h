#pragma once

#include <array>
#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/commands/host_info.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// What WHOIS, RDAP and the operator show of name servers, by name or by address.
struct HostLookup {
  std::optional<DomainName> name;  // one of the two
  std::optional<IpAddress> address;
  // Of the hosts with the address at most so many, at least 1: a parking service may have a
  // million.
  int most = 100;
};

struct HostLookupAnswer {
  std::vector<HostInfoAnswer> hosts;  // by name, at least one; `linked` is shown by name only
  bool truncated = false;             // there are more, no matter which
};

inline constexpr std::array kHostLookupReasons = {kHostNotFound};

Needs NeedsOf(const HostLookup& command);
Outcome<HostLookupAnswer> Apply(const HostLookup& command, const Context& context,
                                const WorkingSet& set);

}  // namespace registry
