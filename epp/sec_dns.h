#pragma once

#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/commands/domain_update.h"
#include "registry/types/ds_record.h"

// The secDNS-1.1 extension, RFC 5910: the DS data interface (section 4.1). Key data, maxSigLife and
// urgent updates are not offered.
namespace epp {

// <secDNS:create>; none: no records.
std::vector<registry::DsRecord> ReadSecDnsCreate(const Element& create, Faults* faults);
// <secDNS:update>, into the members of `command` that concern DS records.
void ReadSecDnsUpdate(const Element& update, registry::DomainUpdate* command, Faults* faults);
// <secDNS:infData>; nothing without records.
void WriteSecDns(const std::vector<registry::DsRecord>& records, XmlWriter* xml);

}  // namespace epp
