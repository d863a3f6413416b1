#include "epp/organization_parts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utf8.h"
#include "registry/rules/reasons.h"
#include "registry/rules/registrar_record.h"
#include "registry/rules/statuses.h"
#include "registry/types/reasons.h"

namespace epp {
namespace {

using registry::HeldRole;
using registry::OrganizationContactLink;
using registry::OrganizationRole;
using registry::Reject;
using registry::Status;
using registry::StatusSet;

// A text that nobody but its registrar understands.
std::string CheckedName(std::string text, const Reason& reason, const Element& element,
                        Faults* faults) {
  constexpr size_t kLongest = 64;
  const std::optional<size_t> length = registry::PrintableLength(text);
  if (length && *length <= kLongest) return text;
  faults->Parameter(Reject(reason), element);
  return {};
}

// `known`: those of the element's type.
StatusSet ReadStatusTexts(const std::vector<Element>& elements, bool (*known)(Status),
                          bool (*settable)(Status), Faults* faults) {
  StatusSet set;
  for (const Element& element : elements) {
    const std::string name = ReadToken(element, faults);
    const std::optional<Status> status = registry::ParseOrganizationStatus(name);
    if (!status || !known(*status)) {
      faults->Parameter(Reject(kStatusSyntax), element);
    } else if (!settable(*status)) {
      faults->Parameter(Reject(registry::kStatusRange), element);
    } else if (set.Has(*status)) {
      faults->Policy(Reject(registry::kDuplicateValue, name), element);
    } else {
      set.Add(*status);
    }
  }
  return set;
}

bool IsOfRole(Status status) {
  return status == Status::kOk || status == Status::kLinked ||
         status == Status::kClientLinkProhibited || status == Status::kServerLinkProhibited;
}

bool ClientMaySetOnRole(Status status) { return status == Status::kClientLinkProhibited; }

}  // namespace

std::vector<HeldRole> ReadRoles(const std::vector<Element>& elements, Faults* faults) {
  std::vector<HeldRole> roles;
  for (const Element& element : elements) {
    HeldRole held;
    Content content(element, faults);
    const Element type = content.Require("type");
    const std::string name = ReadToken(type, faults);
    held.statuses =
        ReadStatusTexts(content.TakeAll("status", {}, 3), IsOfRole, ClientMaySetOnRole, faults);
    if (const Element id = content.Take("roleID")) {
      held.id = CheckedName(ReadToken(id, faults), registry::kRoleIdSyntax, id, faults);
    }
    content.End();
    const std::optional<OrganizationRole> role = registry::ParseOrganizationRole(name);
    if (!role) {
      faults->Policy(Reject(registry::kRoleNotOffered, registry::Excerpt(name)), type);
    } else if (std::ranges::find(roles, *role, &HeldRole::role) != roles.end()) {
      faults->Policy(Reject(registry::kDuplicateValue, name), type);
    } else {
      held.role = *role;
      roles.push_back(std::move(held));
    }
  }
  return roles;
}

StatusSet ReadOrganizationStatuses(const std::vector<Element>& elements, Faults* faults) {
  const auto any = [](Status) { return true; };
  return ReadStatusTexts(elements, any, registry::ClientMaySetOnOrganization, faults);
}

std::vector<OrganizationContactLink> ReadOrganizationContacts(const std::vector<Element>& elements,
                                                              Faults* faults) {
  std::vector<OrganizationContactLink> links;
  for (const Element& element : elements) {
    const std::string type =
        RequireAttribute(element, "type", {"admin", "billing", "tech", "abuse", "custom"}, faults);
    OrganizationContactLink link;
    if (const auto known = registry::ParseOrganizationContactType(type)) link.type = *known;
    link.type_name =
        CheckedName(element.Attribute("typeName").value_or(""), kTypeNameSyntax, element, faults);
    link.id = ReadContactId(element, faults);
    links.push_back(std::move(link));
  }
  if (!links.empty()) {
    LimitValues(links.size(), registry::kTooManyContacts, elements.front(), faults);
  }
  return links;
}

std::string ReadUrl(const Element& element, Faults* faults) {
  constexpr size_t kLongest = 255;
  std::string url = ReadToken(element, faults);
  if (url.empty() || (url.size() <= kLongest && registry::IsWebAddress(url))) return url;
  faults->Parameter(Reject(registry::kWebAddress), element);
  return {};
}

}  // namespace epp
