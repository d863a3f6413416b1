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

namespace registry {

// <org:create>, RFC 8543 section 4.2.1.
struct OrganizationCreate {
  OrganizationId id;
  std::vector<HeldRole> roles;  // each once
  StatusSet statuses;           // those that a registrar may set
  std::optional<OrganizationId> parent;
  std::optional<PostalInfo> international;
  std::optional<PostalInfo> localized;
  std::optional<Phone> voice;
  std::optional<Phone> fax;
  std::string email, url;  // may be empty
  std::vector<OrganizationContactLink> contacts;
  // What the edge saw and nobody may do: kRoleNotOffered, kDuplicateValue.
  std::optional<Rejection> unacceptable;
};

struct OrganizationCreated {
  OrganizationId id;
  absl::Time created;
};

// Checked in this order; the first that applies is the answer.
inline constexpr std::array kOrganizationCreateReasons = {
    kOrganizationExists, kRegistrarOnly,  kParentNotFound,    kContactNotFound, kParentOfAnother,
    kParentTooDeep,      kRoleNotOffered, kStatusNeedsParent, kDuplicateValue};

Needs NeedsOf(const OrganizationCreate& command);
Outcome<Applied<OrganizationCreated>> Apply(const OrganizationCreate& command,
                                            const Context& context, const WorkingSet& set);

}  // namespace registry
