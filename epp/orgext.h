#pragma once

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/model/domain.h"
#include "registry/rules/organizations.h"

// The orgext-1.0 extension, RFC 8544: the organizations of a domain.
namespace epp {

// <orgext:create>; none: no organization. Roles that the registry does not have, and one that
// stands twice, are Faults::Policy and left out.
registry::NamedOrganizations ReadOrganizationsCreate(const Element& create, Faults* faults);
// <orgext:update>; none: no change. Identifiers of what is removed may be empty.
registry::OrganizationChange ReadOrganizationsUpdate(const Element& update, Faults* faults);
// <orgext:infData>.
void WriteOrganizations(const std::vector<registry::OrganizationLink>& links, XmlWriter* xml);

}  // namespace epp
