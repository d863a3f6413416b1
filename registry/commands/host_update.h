#pragma once

#include <array>
#include <optional>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <host:update>, RFC 5732 section 3.2.5, renaming included. A host that gets a name below a domain
// of this registry belongs to the domain's sponsor from then on. It may be renamed there without an
// address as long as no domain uses it.
struct HostUpdate {
  struct Part {
    std::vector<IpAddress> addresses;
    StatusSet statuses;
    bool empty() const { return addresses.empty() && statuses.empty(); }
  };
  DomainName name;
  Part add;
  Part remove;
  std::optional<DomainName> new_name;
  std::optional<Rejection> unacceptable;  // what the edge saw and nobody may do: kDuplicateValue
  std::vector<TtlChoice> ttls;            // <ttl:update>, RFC 9803
};

inline constexpr std::array kHostUpdateReasons = {
    kNothingToDo, kHostNotFound, kNotSponsor, kUpdateProhibited,
    // Of a new name:
    kHostExists, kSuperordinateNotFound,
    /* kNotSponsor of the new superordinate domain, */
    kSuperordinatePendingDelete, kHostUsedByOthers,
    // Of the statuses, then of the addresses:
    kDuplicateValue, kNotPresent, kAlreadyPresent, kTooManyAddresses,
    // Of the result:
    kAddressOnExternal, kLastAddress, kAddressMissing, kTtlNotOffered, kTtlRange};

Needs NeedsOf(const HostUpdate& command);
Outcome<Applied<Done>> Apply(const HostUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
