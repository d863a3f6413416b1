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

// <host:create>, RFC 5732 section 3.2.1. A host at or below a registered name belongs to the
// sponsor of that domain and needs an address; any other name of a served TLD is refused. An
// external host belongs to the registrar who makes it.
struct HostCreate {
  DomainName name;
  std::vector<IpAddress> addresses;
  std::vector<TtlChoice> ttls;  // <ttl:create>, RFC 9803
};

struct HostCreated {
  DomainName name;
  absl::Time created;
};

inline constexpr std::array kHostCreateReasons = {
    kAddressMissing,    kHostExists,     kSuperordinateNotFound,
    kNotSponsor,        kRegistrarOnly,  kSuperordinatePendingDelete,
    kAddressOnExternal, kDuplicateValue, kTooManyAddresses,
    kTtlNotOffered,     kTtlRange};

Needs NeedsOf(const HostCreate& command);
Outcome<Applied<HostCreated>> Apply(const HostCreate& command, const Context& context,
                                    const WorkingSet& set);

}  // namespace registry
