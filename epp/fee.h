#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_delete.h"
#include "registry/model/directory.h"
#include "registry/rules/fee_agreement.h"
#include "registry/rules/fee_quote.h"

// The fee-1.0 extension, RFC 8748.
namespace epp {

// <fee:check>; nothing for no element.
std::optional<registry::FeeQuery> ReadFeeCheck(const Element& check, Faults* faults);
// <fee:create>, <fee:renew>, <fee:transfer>, <fee:update>; nothing for no element.
std::optional<registry::FeeAgreement> ReadFeeAgreement(const Element& element, Faults* faults);

// <fee:chkData>; nothing if no fees were asked for.
void WriteFeeCheck(const registry::DomainChecked& checked, const registry::Directory& directory,
                   XmlWriter* xml);
// <fee:creData> and the like, `tag`: what was charged.
void WriteFeeCharged(std::string_view tag, registry::Money charged,
                     const registry::Directory& directory, XmlWriter* xml);
// <fee:delData>: what was given back; nothing if nothing was.
void WriteFeeCredits(const std::vector<registry::DomainDeleted::Credit>& credits,
                     const registry::Directory& directory, XmlWriter* xml);

}  // namespace epp
