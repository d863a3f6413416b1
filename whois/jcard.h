#pragma once

#include <string_view>

#include "whois/json_writer.h"
#include "whois/redaction.h"
#include "whois/view.h"

// Business cards in RDAP: jCard (RFC 7095) with vCard's properties (RFC 6350) and the parameter
// `cc` (RFC 8605). Each writes a value of "vcardArray".
namespace whois {

// Withheld parts are left out or, where a place must be filled, empty (RFC 9537).
void WriteContactCard(const ContactView& contact, JsonWriter& json);
// All that WHOIS shows of a registrar.
void WriteRegistrarCard(const RegistrarView& registrar, JsonWriter& json);
// Only the registrar's name, for its place inside another object.
void WriteRegistrarNameCard(const RegistrarView& registrar, JsonWriter& json);
// Of a registrar's own contact.
void WriteRegistrarContactCard(const registry::RegistrarContact& contact, JsonWriter& json);
// Only a name.
void WriteNameCard(std::string_view name, JsonWriter& json);
void WriteAbuseCard(const RegistrarView& registrar, JsonWriter& json);

}  // namespace whois
