#include "registry/commands/organization_check.h"

namespace registry {

Needs NeedsOf(const OrganizationCheck& command) {
  Needs needs;
  for (const OrganizationId& id : command.ids) needs.Organization(id, Lock::kNone);
  return needs;
}

Outcome<OrganizationChecked> Apply(const OrganizationCheck& command, const Context& /*context*/,
                                   const WorkingSet& set) {
  OrganizationChecked answer;
  for (const OrganizationId& id : command.ids) {
    const bool taken = set.FindOrganization(id) != nullptr;
    answer.items.push_back({id, !taken, taken ? "in use" : ""});
  }
  return answer;
}

}  // namespace registry
