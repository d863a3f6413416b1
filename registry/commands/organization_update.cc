#include "registry/commands/organization_update.h"

#include <algorithm>
#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/first_refusal.h"
#include "registry/rules/list_change.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

constexpr size_t kMostContacts = 100;

bool IsEmpty(const OrganizationUpdate& command) {
  return command.add.empty() && command.remove.empty() && command.add_roles.empty() &&
         command.remove_roles.empty() && !command.parent && !command.international &&
         !command.localized && !command.voice && !command.fax && !command.email && !command.url &&
         !command.unacceptable;
}

// The edge lets no others pass; this is the second lock on the operator's statuses.
bool MaySet(StatusSet statuses, const Context& context) {
  return std::ranges::all_of(statuses.ToVector(), [&](Status status) {
    return ClientMaySetOnOrganization(status) ||
           (context.asker == kOperator && ServerMaySetOnOrganization(status));
  });
}

bool IsProhibited(const Organization& organization, const OrganizationUpdate& command,
                  const Context& context) {
  return context.asker != kOperator &&
         OrganizationUpdateProhibited(organization.statuses, command.remove.statuses);
}

std::optional<Rejection> ChangePostal(const std::optional<OrganizationUpdate::PostalChange>& change,
                                      std::optional<PostalInfo>& postal) {
  if (!change) return std::nullopt;
  if (!postal && !change->name) return Reject(kPostalIncomplete, "name");
  PostalInfo merged = postal.value_or(PostalInfo{});
  if (change->address) {
    std::string name = std::move(merged.name);
    merged = *change->address;
    merged.name = std::move(name);
  }
  if (change->name) merged.name = *change->name;
  postal = std::move(merged);
  return std::nullopt;
}

bool Holds(const std::vector<HeldRole>& roles, OrganizationRole role) {
  return std::ranges::find(roles, role, &HeldRole::role) != roles.end();
}

// A role that is taken away for good must not be in use.
std::optional<Rejection> CheckRolesInUse(const OrganizationUpdate& command,
                                         const Organization& organization, const WorkingSet& set) {
  for (const OrganizationRole role : command.remove_roles) {
    if (Holds(command.add_roles, role)) continue;
    if (set.OrganizationUse(organization.key, role).linked()) {
      return Reject(kRoleLinked, std::string(OrganizationRoleName(role)));
    }
  }
  return std::nullopt;
}

Outcome<std::vector<HeldRole>> ChangeRoles(const OrganizationUpdate& command,
                                           const std::vector<HeldRole>& current) {
  std::vector<HeldRole> roles = current;
  for (const OrganizationRole role : command.remove_roles) {
    if (std::erase_if(roles, [&](const HeldRole& held) { return held.role == role; }) == 0) {
      return Reject(kNotPresent, std::string(OrganizationRoleName(role)));
    }
  }
  for (const HeldRole& added : command.add_roles) {
    if (Holds(roles, added.role)) {
      return Reject(kAlreadyPresent, std::string(OrganizationRoleName(added.role)));
    }
    roles.push_back(added);
  }
  std::ranges::sort(roles, {}, &HeldRole::role);
  return roles;
}

std::optional<Rejection> ChangeLists(const OrganizationUpdate& command,
                                     std::vector<OrganizationContact> add,
                                     std::vector<OrganizationContact> remove,
                                     Organization& organization) {
  auto contacts = ChangeList(organization.contacts, std::move(add), std::move(remove),
                             [](const OrganizationContact& contact) { return contact.id.text(); });
  auto roles = ChangeRoles(command, organization.roles);
  const auto statuses =
      ChangeStatuses(organization.statuses, command.add.statuses, command.remove.statuses);
  if (auto refused = FirstRefusal(kOrganizationUpdateReasons, contacts, roles, statuses))
    return refused;
  organization.contacts = *std::move(contacts);
  organization.roles = *std::move(roles);
  organization.statuses = *statuses;
  return std::nullopt;
}

void ChangeTexts(const OrganizationUpdate& command, Organization& organization) {
  if (command.voice) organization.voice = *command.voice;
  if (command.fax) organization.fax = *command.fax;
  if (command.email) organization.email = *command.email;
  if (command.url) organization.url = *command.url;
}

// Everything from the references on, done to `organization`.
std::optional<Rejection> Edit(const OrganizationUpdate& command, const Context& context,
                              const WorkingSet& set, Organization& organization) {
  const auto parent = ResolveParent(command.parent, set);
  if (!parent) return parent.rejection();
  auto add = ResolveContacts(command.add.contacts, set);
  if (!add) return add.rejection();
  auto remove = ResolveContacts(command.remove.contacts, set);
  if (!remove) return remove.rejection();
  if (*parent != nullptr) {
    if (auto refused = CheckParent(organization, **parent)) return refused;
    if (set.ParentUse(organization.key).linked()) return Reject(kParentTooDeep);
    organization.parent = (*parent)->key;
    organization.parent_id = (*parent)->id;
  }
  if (auto refused = CheckRolesInUse(command, organization, set)) return refused;
  if (command.unacceptable) return command.unacceptable;
  if (auto refused = ChangeLists(command, *std::move(add), *std::move(remove), organization)) {
    return refused;
  }
  if (organization.contacts.size() > kMostContacts) return Reject(kTooManyContacts);
  if (organization.roles.empty()) return Reject(kLastRole);
  const bool of_registry =
      NeedsParent(command.add.statuses) || NeedsParent(command.remove.statuses);
  if (of_registry && organization.parent == OrganizationKey{} && context.asker != kOperator) {
    return Reject(kStatusNeedsParent);
  }
  ChangeTexts(command, organization);
  return std::nullopt;
}

}  // namespace

// What takes a role away, or gives a parent, must not pass a link that is being made.
Needs NeedsOf(const OrganizationUpdate& command) {
  Needs needs;
  const bool alone = !command.remove_roles.empty() || command.parent.has_value();
  needs.organizations.push_back(
      {command.id, alone ? Lock::kDelete : Lock::kUpdate, /*links=*/alone});
  if (command.parent) needs.Organization(*command.parent, Lock::kReference);
  for (const auto& link : command.add.contacts) needs.Contact(link.id, Lock::kReference);
  for (const auto& link : command.remove.contacts) needs.Contact(link.id, Lock::kNone);
  return needs;
}

Outcome<Applied<Done>> Apply(const OrganizationUpdate& command, const Context& context,
                             const WorkingSet& set) {
  if (IsEmpty(command)) return Reject(kNothingToDo);
  if (!MaySet(command.add.statuses, context) || !MaySet(command.remove.statuses, context)) {
    return Reject(kStatusRange);
  }
  const Organization* organization = set.FindOrganization(command.id);
  if (organization == nullptr) return Reject(kOrganizationNotFound);
  if (!IsSponsor(context, organization->sponsor)) return Reject(kNotSponsor);
  if (IsProhibited(*organization, command, context)) return Reject(kUpdateProhibited);

  Organization updated = *organization;
  auto refused = ChangePostal(command.international, updated.international);
  if (!refused) refused = ChangePostal(command.localized, updated.localized);
  if (!refused) refused = Edit(command, context, set, updated);
  if (refused) return *std::move(refused);
  updated.updater = context.asker;
  updated.updated = context.now;
  Changes changes;
  changes.Update(*organization, std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
