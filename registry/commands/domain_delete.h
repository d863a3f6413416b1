#pragma once

#include <array>
#include <string>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <domain:delete>, RFC 5731 section 3.2.2 and RFC 3915: in the add grace period the name is free at
// once (1000), later it goes into redemption (1001).
struct DomainDelete {
  DomainName name;
};

struct DomainDeleted {
  struct Credit {
    std::string what;  // of the charge: "create"
    Money amount;
  };
  DomainName name;
  std::vector<Credit> credits;  // what running grace periods gave back to the asker
};

inline constexpr std::array kDomainDeleteReasons = {kDomainNotFound, kNotSponsor, kTldNotAllowed,
                                                    kDeleteProhibited, kHasSubordinates};

Needs NeedsOf(const DomainDelete& command);
Outcome<Applied<DomainDeleted>> Apply(const DomainDelete& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
