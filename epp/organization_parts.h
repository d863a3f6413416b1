#pragma once

#include <string>
#include <vector>

#include "epp/xml_reader.h"
#include "registry/model/organization.h"
#include "registry/rules/organizations.h"

// What <org:create> and <org:update> have in common, RFC 8543.
namespace epp {

// org:roleType. Roles that the registry does not have, and one that stands twice, are
// Faults::Policy and left out.
std::vector<registry::HeldRole> ReadRoles(const std::vector<Element>& elements, Faults* faults);
// org:statusType, those that a registrar may set. One that stands twice is Faults::Policy.
registry::StatusSet ReadOrganizationStatuses(const std::vector<Element>& elements, Faults* faults);
// org:contactType.
std::vector<registry::OrganizationContactLink> ReadOrganizationContacts(
    const std::vector<Element>& elements, Faults* faults);
// An http or https URL of at most 255 characters; may be empty.
std::string ReadUrl(const Element& element, Faults* faults);

}  // namespace epp
