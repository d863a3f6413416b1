#pragma once

#include <array>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/organizations.h"
#include "registry/rules/reasons.h"

namespace registry {

// <org:info>, RFC 8543 section 4.1.2: for the sponsor alone.
struct OrganizationInfo {
  OrganizationId id;
};

struct OrganizationInfoAnswer {
  Organization organization;
  StatusSet statuses;                    // as shown
  std::vector<StatusSet> role_statuses;  // as shown, of each of its roles
};

inline constexpr std::array kOrganizationInfoReasons = {kOrganizationNotFound, kNotSponsor};

Needs NeedsOf(const OrganizationInfo& command);
Outcome<OrganizationInfoAnswer> Apply(const OrganizationInfo& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
