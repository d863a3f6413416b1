#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/organizations.h"
#include "registry/rules/reasons.h"
#include "registry/types/reasons.h"

namespace registry {

// <org:update>, RFC 8543 section 4.2.5.
struct OrganizationUpdate {
  // What a <org:postalInfo> in <chg> says; members left out stay.
  struct PostalChange {
    std::optional<std::string> name;
    std::optional<PostalInfo> address;  // its name is not looked at
  };
  struct Part {
    std::vector<OrganizationContactLink> contacts;
    StatusSet statuses;
    bool empty() const { return contacts.empty() && statuses.empty(); }
  };
  OrganizationId id;
  Part add, remove;
  // Removals come first, so that a role that is in both is replaced. Each once.
  std::vector<HeldRole> add_roles;
  std::vector<OrganizationRole> remove_roles;
  std::optional<OrganizationId> parent;
  std::optional<PostalChange> international;
  std::optional<PostalChange> localized;
  // Outer optional: to be changed; inner: the new value, nothing removes it.
  std::optional<std::optional<Phone>> voice;
  std::optional<std::optional<Phone>> fax;
  std::optional<std::string> email;
  std::optional<std::string> url;  // empty: removed
  // What the edge saw and nobody may do: kRoleNotOffered, kDuplicateValue.
  std::optional<Rejection> unacceptable;
};

// Checked in this order; the first that applies is the answer. The operator passes
// kUpdateProhibited and kStatusNeedsParent.
inline constexpr std::array kOrganizationUpdateReasons = {
    kNothingToDo, kStatusRange, kOrganizationNotFound, kNotSponsor, kUpdateProhibited,
    kPostalIncomplete,
    // Of what it refers to:
    kParentNotFound, kContactNotFound, kParentOfAnother, kParentTooDeep, kRoleLinked,
    // Policy:
    kRoleNotOffered, kDuplicateValue, kNotPresent, kAlreadyPresent, kTooManyContacts, kLastRole,
    kStatusNeedsParent};

Needs NeedsOf(const OrganizationUpdate& command);
Outcome<Applied<Done>> Apply(const OrganizationUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
