#pragma once

#include <vector>

#include "epp/xml_reader.h"
#include "registry/commands/domain_create.h"

// What <domain:create> and <domain:update> have in common.
namespace epp {

// <domain:ns>. Name servers are host objects; attributes are Faults::Policy.
std::vector<registry::DomainName> ReadNameServers(const Element& ns, Faults* faults);
// <domain:contact type="...">.
std::vector<registry::DomainCreate::ContactLink> ReadContactLinks(
    const std::vector<Element>& elements, Faults* faults);

}  // namespace epp
