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

// <host:update>, RFC 5732 section 3.2.5, renaming included.
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
};

inline constexpr std::array kHostUpdateReasons = {
    kNothingToDo,
    kHostNotFound,
    kNotSponsor,
    kUpdateProhibited,
    kHostExists,
    kSuperordinateNotFound,
    /* then kNotSponsor of the new superordinate domain */ kSuperordinatePendingDelete,
    kNotPresent,
    kAlreadyPresent,
    kDuplicateValue,
    kTooManyAddresses,
    kAddressOnExternal,
    kLastAddress,
    kHostIsDomainOfTld,
    kHostUsedByOthers};

Needs NeedsOf(const HostUpdate& command);
Outcome<Applied<Done>> Apply(const HostUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
