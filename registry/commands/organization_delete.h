#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/organizations.h"
#include "registry/rules/reasons.h"

namespace registry {

// <org:delete>, RFC 8543 section 4.2.2.
struct OrganizationDelete {
  OrganizationId id;
};

// Checked in this order; the first that applies is the answer. The operator passes
// kDeleteProhibited.
inline constexpr std::array kOrganizationDeleteReasons = {kOrganizationNotFound, kNotSponsor,
                                                          kDeleteProhibited, kOrganizationLinked,
                                                          kOrganizationIsParent};

Needs NeedsOf(const OrganizationDelete& command);
Outcome<Applied<Done>> Apply(const OrganizationDelete& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
