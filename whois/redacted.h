#pragma once

#include <boost/json/array.hpp>
#include <vector>

#include "whois/redaction.h"

namespace whois {

// RDAP's list of what was left out of a domain's answer and how: member "redacted" (RFC 9537), with
// the names that ICANN registered and paths into our own answer. Empty if nothing was.
boost::json::array RedactedList(const std::vector<ContactView>& contacts);

}  // namespace whois
