#include "registry/commands/organization_delete.h"

#include <utility>

#include "registry/rules/access.h"

namespace registry {

Needs NeedsOf(const OrganizationDelete& command) {
  Needs needs;
  needs.organizations.push_back({command.id, Lock::kDelete, /*links=*/true});
  return needs;
}

Outcome<Applied<Done>> Apply(const OrganizationDelete& command, const Context& context,
                             const WorkingSet& set) {
  const Organization* organization = set.FindOrganization(command.id);
  if (organization == nullptr) return Reject(kOrganizationNotFound);
  if (!IsSponsor(context, organization->sponsor)) return Reject(kNotSponsor);
  if (context.asker != kOperator && DeleteProhibited(*organization)) {
    return Reject(kDeleteProhibited);
  }
  for (const OrganizationRole role : kOrganizationRoles) {
    if (set.OrganizationUse(organization->key, role).linked()) return Reject(kOrganizationLinked);
  }
  if (set.ParentUse(organization->key).linked()) return Reject(kOrganizationIsParent);

  Changes changes;
  changes.Delete(*organization);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
