#include "registry/commands/organization_create.h"

#include <algorithm>
#include <utility>

namespace registry {

Needs NeedsOf(const OrganizationCreate& command) {
  Needs needs;
  needs.Organization(command.id, Lock::kNone);
  if (command.parent) needs.Organization(*command.parent, Lock::kReference);
  for (const OrganizationContactLink& link : command.contacts) {
    needs.Contact(link.id, Lock::kReference);
  }
  return needs;
}

Outcome<Applied<OrganizationCreated>> Apply(const OrganizationCreate& command,
                                            const Context& context, const WorkingSet& set) {
  if (set.FindOrganization(command.id) != nullptr) return Reject(kOrganizationExists);
  if (context.directory.Registrar(context.asker) == nullptr) return Reject(kRegistrarOnly);
  Organization organization;
  organization.sponsor = context.asker;
  organization.id = command.id;
  const auto parent = ResolveParent(command.parent, set);
  if (!parent) return parent.rejection();
  auto contacts = ResolveContacts(command.contacts, set);
  if (!contacts) return contacts.rejection();
  if (*parent != nullptr) {
    if (auto refused = CheckParent(organization, **parent)) return *std::move(refused);
    organization.parent = (*parent)->key;
    organization.parent_id = (*parent)->id;
  }
  if (command.unacceptable) return *command.unacceptable;
  if (NeedsParent(command.statuses) && *parent == nullptr) return Reject(kStatusNeedsParent);
  if (const auto twice = std::ranges::adjacent_find(*contacts); twice != contacts->end()) {
    return Reject(kDuplicateValue, twice->id.text());
  }

  organization.key = OrganizationKey{context.number};
  organization.creator = context.asker;
  organization.created = context.now;
  organization.statuses = command.statuses;
  organization.roles = command.roles;
  std::ranges::sort(organization.roles, {}, &HeldRole::role);
  organization.international = command.international;
  organization.localized = command.localized;
  organization.voice = command.voice;
  organization.fax = command.fax;
  organization.email = command.email;
  organization.url = command.url;
  organization.contacts = *std::move(contacts);

  OrganizationCreated answer{organization.id, organization.created};
  Changes changes;
  changes.Insert(std::move(organization));
  return Applied<OrganizationCreated>{std::move(answer), std::move(changes)};
}

}  // namespace registry
