#pragma once

#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/model/record_ttls.h"

// The ttl-1.0 extension, RFC 9803: TTLs of the records of domains and hosts.
namespace epp {

// <ttl:create> or <ttl:update>; none: nothing is chosen. Which types may be is the registry's to
// say.
std::vector<registry::TtlChoice> ReadTtls(const Element& container, Faults* faults);
// <ttl:info>.
registry::TtlQuery ReadTtlInfo(const Element& info, Faults* faults);
// <ttl:infData>; nothing if there is nothing to show.
void WriteTtls(const std::vector<registry::TtlShown>& ttls, XmlWriter* xml);

}  // namespace epp
