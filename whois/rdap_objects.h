#pragma once

#include <span>
#include <string>
#include <string_view>

#include "whois/json_writer.h"
#include "whois/rdap_json.h"
#include "whois/rdap_search_query.h"

// The parts of RDAP's bodies, for those who write more than one object.
namespace whois {

// An object by itself, with what the field set has of it; a whole domain with its "redacted".
void WriteRdapObject(const DomainView& domain, FieldSet set, const RdapPage& page,
                     JsonWriter& json);
void WriteRdapObject(const HostView& host, FieldSet set, const RdapPage& page, JsonWriter& json);
void WriteRdapObject(const RegistrarView& registrar, FieldSet set, const RdapPage& page,
                     JsonWriter& json);
void WriteRdapObject(const ContactEntityView& contact, FieldSet set, const RdapPage& page,
                     JsonWriter& json);

// A link of the page's URL to another answer of ours.
void WriteRdapLink(std::string_view rel, std::string_view href, const RdapPage& page,
                   JsonWriter& json);

// Opens a body; its rdapConformance says what every answer has, and these extensions.
void BeginRdapBody(std::span<const std::string_view> extensions, JsonWriter& json);
// Opens its notices, of which the terms of service are the first.
void BeginRdapNotices(const RdapPage& page, JsonWriter& json);
// Closes both.
std::string FinishRdapBody(JsonWriter& json);

}  // namespace whois
