#pragma once

#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/commands/domain_update.h"
#include "registry/types/ds_record.h"

// The secDNS-1.1 extension, RFC 5910: DS data or key data (section 4), as the TLD's policy wants.
// Of keys the DS records are made here. maxSigLife and urgent updates are not offered.
namespace epp {

// <secDNS:create>; none: no records. `owner` is the domain.
std::vector<registry::DsRecord> ReadSecDnsCreate(const Element& create,
                                                 const registry::DomainName& owner, Faults* faults);
// <secDNS:update>, into the members of `command` that concern DS records; its
// name is there.
void ReadSecDnsUpdate(const Element& update, registry::DomainUpdate* command, Faults* faults);
// <secDNS:infData>; nothing without records.
void WriteSecDns(const std::vector<registry::DsRecord>& records, XmlWriter* xml);

}  // namespace epp
