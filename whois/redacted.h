#pragma once

#include <vector>

#include "whois/json_writer.h"
#include "whois/redaction.h"

namespace whois {

// Was anything left out of a domain's answer that RFC 9537 wants listed?
bool HasRedactions(const std::vector<ContactView>& contacts);

// RDAP's list of what was left out and how, the value of member "redacted" (RFC 9537), with the
// names that ICANN registered and paths into our own answer.
void WriteRedacted(const std::vector<ContactView>& contacts, JsonWriter& json);

}  // namespace whois
