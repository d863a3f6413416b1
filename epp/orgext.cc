#include "epp/orgext.h"

#include <algorithm>
#include <optional>
#include <string>

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utf8.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

using registry::NamedOrganization;
using registry::NamedOrganizations;
using registry::Reject;

enum class Identifier { kRequired, kOptional };

// orgext:createType, orgext:addRemChgType.
NamedOrganizations ReadIds(const Element& container, Identifier identifier, Faults* faults) {
  NamedOrganizations named;
  if (!container) return named;
  Content content(container, faults);
  for (const Element& element : content.RequireAll("id", {"role"})) {
    const std::string name = RequireAttribute(element, "role", {}, faults);
    NamedOrganization one;
    const bool left_out = identifier == Identifier::kOptional && ReadToken(element, faults).empty();
    if (!left_out) one.id = ReadOrganizationId(element, faults);
    const auto role = registry::ParseOrganizationRole(name);
    if (!role) {
      faults->Policy(Reject(registry::kRoleNotOffered, registry::Excerpt(name)), element);
    } else if (std::ranges::find(named, *role, &NamedOrganization::role) != named.end()) {
      faults->Policy(Reject(registry::kDuplicateValue, name), element);
    } else {
      one.role = *role;
      named.push_back(std::move(one));
    }
  }
  content.End();
  return named;
}

}  // namespace

NamedOrganizations ReadOrganizationsCreate(const Element& create, Faults* faults) {
  faults->CheckAttributes(create, {});
  return ReadIds(create, Identifier::kRequired, faults);
}

registry::OrganizationChange ReadOrganizationsUpdate(const Element& update, Faults* faults) {
  registry::OrganizationChange change;
  if (!update) return change;
  faults->CheckAttributes(update, {});
  if (!update.FirstChild()) faults->Parameter(Reject(kNothingGiven), update);
  Content content(update, faults);
  change.add = ReadIds(content.Take("add"), Identifier::kRequired, faults);
  change.remove = ReadIds(content.Take("rem"), Identifier::kOptional, faults);
  change.change = ReadIds(content.Take("chg"), Identifier::kRequired, faults);
  content.End();
  return change;
}

void WriteOrganizations(const std::vector<registry::OrganizationLink>& links, XmlWriter* xml) {
  xml->Open("orgext:infData", {{"xmlns:orgext", kOrgExt}});
  for (const registry::OrganizationLink& link : links) {
    xml->Leaf("orgext:id", link.id.text(), {{"role", registry::OrganizationRoleName(link.role)}});
  }
  xml->Close();
}

}  // namespace epp
