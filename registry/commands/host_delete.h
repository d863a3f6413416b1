#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <host:delete>, RFC 5732 section 3.2.2.
struct HostDelete {
  DomainName name;
};

inline constexpr std::array kHostDeleteReasons = {kHostNotFound, kNotSponsor, kDeleteProhibited,
                                                  kHostLinked};

Needs NeedsOf(const HostDelete& command);
Outcome<Applied<Done>> Apply(const HostDelete& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
