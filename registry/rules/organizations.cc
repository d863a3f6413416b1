#include "registry/rules/organizations.h"

#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "registry/rules/reasons.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

bool IsAtRest(StatusSet statuses) {
  return statuses.Has(Status::kHold) || statuses.Has(Status::kTerminated);
}

bool LinkProhibited(StatusSet statuses) {
  return IsAtRest(statuses) || statuses.Has(Status::kClientLinkProhibited) ||
         statuses.Has(Status::kServerLinkProhibited);
}

std::string Describe(const NamedOrganization& named) {
  return Concat(named.id.text(), named.id.empty() ? "" : " as ", OrganizationRoleName(named.role));
}

using Links = std::vector<OrganizationLink>;

Links LinksOf(const Domain& domain) {
  return domain.organizations ? *domain.organizations : Links();
}

void SetLinks(Links links, Domain& domain) {
  std::ranges::sort(links);
  domain.organizations.reset();
  if (!links.empty()) domain.organizations = std::move(links);
}

std::optional<Rejection> Add(const NamedOrganizations& named, const WorkingSet& set, Links& links) {
  for (const NamedOrganization& one : named) {
    if (std::ranges::find(links, one.role, &OrganizationLink::role) != links.end()) {
      return Reject(kRoleTaken, Describe(one));
    }
    links.push_back({one.role, set.FindOrganization(one.id)->key, one.id});
  }
  return std::nullopt;
}

std::optional<Rejection> Remove(const NamedOrganizations& named, Links& links) {
  for (const NamedOrganization& one : named) {
    const auto link = std::ranges::find(links, one.role, &OrganizationLink::role);
    const bool found = link != links.end() && (one.id.empty() || one.id == link->id);
    if (!found) return Reject(kRoleVacant, Describe(one));
    links.erase(link);
  }
  return std::nullopt;
}

}  // namespace

bool DeleteProhibited(const Organization& organization) {
  return IsAtRest(organization.statuses) || Prohibits(organization.statuses, Operation::kDelete);
}

bool OrganizationUpdateProhibited(StatusSet statuses, StatusSet removed) {
  for (const Status status : {Status::kHold, Status::kTerminated}) {
    if (removed.Has(status)) statuses.Remove(status);
  }
  return IsAtRest(statuses) || UpdateProhibited(statuses, removed);
}

bool IsLinked(OrganizationKey key, const WorkingSet& set) {
  return set.ParentUse(key).linked() ||
         std::ranges::any_of(kOrganizationRoles, [&](OrganizationRole role) {
           return set.OrganizationUse(key, role).linked();
         });
}

Outcome<const Organization*> ResolveParent(const std::optional<OrganizationId>& id,
                                           const WorkingSet& set) {
  if (!id) return static_cast<const Organization*>(nullptr);
  const Organization* parent = set.FindOrganization(*id);
  if (parent == nullptr) return Reject(kParentNotFound, id->text());
  return parent;
}

std::optional<Rejection> CheckParent(const Organization& child, const Organization& parent) {
  if (parent.sponsor != child.sponsor) return Reject(kParentOfAnother, parent.id.text());
  if (parent.parent != OrganizationKey{} || parent.id == child.id) {
    return Reject(kParentTooDeep, parent.id.text());
  }
  return std::nullopt;
}

bool NeedsParent(StatusSet statuses) { return IsAtRest(statuses); }

Outcome<std::vector<OrganizationContact>> ResolveContacts(
    const std::vector<OrganizationContactLink>& links, const WorkingSet& set) {
  std::vector<OrganizationContact> contacts;
  contacts.reserve(links.size());
  for (const OrganizationContactLink& link : links) {
    const Contact* contact = set.FindContact(link.id);
    if (contact == nullptr) return Reject(kContactNotFound, link.id.text());
    contacts.push_back({link.type, link.type_name, contact->key, contact->id});
  }
  std::ranges::sort(contacts);
  return contacts;
}

void AddOrganizations(const NamedOrganizations& named, Needs* needs) {
  for (const NamedOrganization& one : named) needs->Organization(one.id, Lock::kReference);
}

std::optional<Rejection> CheckOrganizations(const NamedOrganizations& named,
                                            const WorkingSet& set) {
  for (const NamedOrganization& one : named) {
    if (set.FindOrganization(one.id) == nullptr) {
      return Reject(kOrganizationNotFound, one.id.text());
    }
  }
  return std::nullopt;
}

std::optional<Rejection> CheckLinkable(const NamedOrganizations& named, RegistrarKey sponsor,
                                       const WorkingSet& set) {
  const auto find = [&](const NamedOrganization& one) { return set.FindOrganization(one.id); };
  for (const NamedOrganization& one : named) {
    if (find(one)->sponsor != sponsor) return Reject(kOrganizationOfAnother, one.id.text());
  }
  for (const NamedOrganization& one : named) {
    const HeldRole* role = find(one)->Role(one.role);
    const bool prohibited = role != nullptr && LinkProhibited(role->statuses);
    if (prohibited || LinkProhibited(find(one)->statuses)) {
      return Reject(kLinkProhibited, Describe(one));
    }
  }
  for (const NamedOrganization& one : named) {
    if (find(one)->Role(one.role) == nullptr) return Reject(kRoleMissing, Describe(one));
  }
  return std::nullopt;
}

std::optional<Rejection> LinkOrganizations(const NamedOrganizations& named, const WorkingSet& set,
                                           Domain& domain) {
  Links links = LinksOf(domain);
  if (auto refused = Add(named, set, links)) return refused;
  SetLinks(std::move(links), domain);
  return std::nullopt;
}

std::optional<Rejection> ChangeOrganizations(const OrganizationChange& change,
                                             const WorkingSet& set, Domain& domain) {
  if (change.empty()) return std::nullopt;
  Links links = LinksOf(domain);
  if (auto refused = Remove(change.remove, links)) return refused;
  if (auto refused = Add(change.add, set, links)) return refused;
  for (const NamedOrganization& one : change.change) {
    const auto link = std::ranges::find(links, one.role, &OrganizationLink::role);
    if (link == links.end()) return Reject(kRoleVacant, Describe(one));
    *link = {one.role, set.FindOrganization(one.id)->key, one.id};
  }
  SetLinks(std::move(links), domain);
  return std::nullopt;
}

}  // namespace registry
