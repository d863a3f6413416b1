#pragma once

#include <boost/json/array.hpp>

#include "whois/redaction.h"
#include "whois/view.h"

// Business cards in RDAP: jCard (RFC 7095) with vCard's properties (RFC 6350) and the parameter
// `cc` (RFC 8605). Values of "vcardArray".
namespace whois {

// Withheld parts are left out or, where a place must be filled, empty (RFC 9537).
boost::json::array ContactCard(const ContactView& contact);
// All that WHOIS shows of a registrar.
boost::json::array RegistrarCard(const RegistrarView& registrar);
// Only the registrar's name, for its place inside another object.
boost::json::array RegistrarNameCard(const RegistrarView& registrar);
boost::json::array AbuseCard(const RegistrarView& registrar);

}  // namespace whois
