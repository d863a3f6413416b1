#pragma once

#include <optional>
#include <string_view>

#include "epp/store_command.h"
#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/model/transfer.h"
#include "registry/rules/authorization.h"
#include "registry/rules/transfers.h"

// What the <transfer> commands of domains and contacts have in common.
namespace epp {

// What stands in <authInfo>; nothing for no element.
std::optional<registry::Credential> ReadCredential(const Element& auth_info, Faults* faults);

// RFC 5730 section 2.9.3.4: the attribute `op` of <transfer>, as the request's name says it.
bool IsTransferRequest(const Request& request);
bool IsTransferQuery(const Request& request);
// Of the others.
registry::TransferDecision DecisionOf(const Request& request);

// <domain:trnData>, RFC 5731 section 3.1.3; <contact:trnData>, RFC 5733 section 3.1.3.
void WriteDomainTransfer(std::string_view name, const registry::Transfer& transfer,
                         const registry::Directory& directory, XmlWriter* xml);
void WriteContactTransfer(std::string_view id, const registry::Transfer& transfer,
                          const registry::Directory& directory, XmlWriter* xml);

}  // namespace epp
