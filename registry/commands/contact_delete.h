#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <contact:delete>, RFC 5733 section 3.2.2.
struct ContactDelete {
  ContactId id;
};

inline constexpr std::array kContactDeleteReasons = {kContactNotFound, kNotSponsor,
                                                     kDeleteProhibited, kContactLinked};

Needs NeedsOf(const ContactDelete& command);
Outcome<Applied<Done>> Apply(const ContactDelete& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
