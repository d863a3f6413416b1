#pragma once

#include <optional>
#include <string>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/domain.h"
#include "registry/model/needs.h"
#include "registry/model/organization.h"
#include "registry/model/working_set.h"

// What the commands about organizations share, and those that link domains with them.
namespace registry {

// RFC 8543 section 3.4: prohibitions, and what ends all changes (hold, terminated).
bool DeleteProhibited(const Organization& organization);
// An update passes the status that it takes away.
bool OrganizationUpdateProhibited(StatusSet statuses, StatusSet removed);

// Somebody refers to it, in whatever role or as a parent. Needs `links`.
bool IsLinked(OrganizationKey key, const WorkingSet& set);

// Null for none. kParentNotFound.
Outcome<const Organization*> ResolveParent(const std::optional<OrganizationId>& id,
                                           const WorkingSet& set);
// Whether the one can be the parent of the other: kParentOfAnother, kParentTooDeep.
std::optional<Rejection> CheckParent(const Organization& child, const Organization& parent);
// Where there is no parent these statuses are the registry's (RFC 8543 section 3.4).
bool NeedsParent(StatusSet statuses);

// A contact as a command names it.
struct OrganizationContactLink {
  OrganizationContactType type = OrganizationContactType::kAdmin;
  std::string type_name;
  ContactId id;
};
// Sorted, and as often as they are named. kContactNotFound.
Outcome<std::vector<OrganizationContact>> ResolveContacts(
    const std::vector<OrganizationContactLink>& links, const WorkingSet& set);

// An organization of a domain as a command names it. Without an identifier: whoever it is.
struct NamedOrganization {
  OrganizationRole role = OrganizationRole::kReseller;
  OrganizationId id;
};
using NamedOrganizations = std::vector<NamedOrganization>;

// <orgext:update>, RFC 8544 section 4.2.5. Of one list each role at most once.
struct OrganizationChange {
  NamedOrganizations remove, add, change;  // in this order
  bool empty() const { return remove.empty() && add.empty() && change.empty(); }
};

// Those that are to be linked.
void AddOrganizations(const NamedOrganizations& named, Needs* needs);

// kOrganizationNotFound for those that are not there.
std::optional<Rejection> CheckOrganizations(const NamedOrganizations& named, const WorkingSet& set);
// Whether a domain of `sponsor` may be linked with them, which exist: of all of them
// kOrganizationOfAnother, then kLinkProhibited, then kRoleMissing.
std::optional<Rejection> CheckLinkable(const NamedOrganizations& named, RegistrarKey sponsor,
                                       const WorkingSet& set);

// Links the domain with them, which exist: kRoleTaken, and changes nothing.
std::optional<Rejection> LinkOrganizations(const NamedOrganizations& named, const WorkingSet& set,
                                           Domain& domain);
// kRoleVacant, kRoleTaken: then the domain is of no use any more.
std::optional<Rejection> ChangeOrganizations(const OrganizationChange& change,
                                             const WorkingSet& set, Domain& domain);

}  // namespace registry
