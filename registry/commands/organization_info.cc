#include "registry/commands/organization_info.h"

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"

namespace registry {

Needs NeedsOf(const OrganizationInfo& command) {
  Needs needs;
  needs.organizations.push_back({command.id, Lock::kNone, /*links=*/true});
  return needs;
}

Outcome<OrganizationInfoAnswer> Apply(const OrganizationInfo& command, const Context& context,
                                      const WorkingSet& set) {
  const Organization* organization = set.FindOrganization(command.id);
  if (organization == nullptr) return Reject(kOrganizationNotFound);
  if (!IsSponsor(context, organization->sponsor)) return Reject(kNotSponsor);
  const bool linked = IsLinked(organization->key, set);
  OrganizationInfoAnswer answer{*organization, ShownStatuses(*organization, linked), {}};
  for (const HeldRole& role : organization->roles) {
    const bool used = set.OrganizationUse(organization->key, role.role).linked();
    answer.role_statuses.push_back(ShownStatuses(role, used));
  }
  return answer;
}

}  // namespace registry
