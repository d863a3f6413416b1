#pragma once

#include <array>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <host:info>, RFC 5732 section 3.1.2. Hosts are public.
struct HostInfo {
  DomainName name;
  TtlQuery ttls = TtlQuery::kNone;  // <ttl:info>, RFC 9803
};

struct HostInfoAnswer {
  Host host;
  StatusSet statuses;          // as shown
  std::vector<TtlShown> ttls;  // if the command asked for them
};

inline constexpr std::array kHostInfoReasons = {kHostNotFound};

Needs NeedsOf(const HostInfo& command);
Outcome<HostInfoAnswer> Apply(const HostInfo& command, const Context& context,
                              const WorkingSet& set);

}  // namespace registry
