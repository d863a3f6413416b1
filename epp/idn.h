#pragma once

#include <optional>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/model/domain.h"
#include "registry/model/idn_table.h"

// The idn-1.0 extension, draft-ietf-eppext-idnmap: the IDN table of a name, and the name in
// Unicode.
namespace epp {

// <idn:data> of a create; none without it.
std::optional<registry::IdnRequest> ReadIdnCreate(const Element& data, Faults* faults);

// <idn:data> of an info, for a domain that has a table.
void WriteIdn(const registry::Domain& domain, XmlWriter* xml);

}  // namespace epp
