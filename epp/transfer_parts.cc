#include "epp/transfer_parts.h"

#include "epp/values.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

using registry::Transfer;
using registry::TransferState;

bool EndsIn(const Request& request, std::string_view operation) {
  return request.name.ends_with(operation);
}

// Who should act or has acted (RFC 5731 section 3.1.3). Where the registry acted for him, whoever
// should have.
registry::RegistrarKey ActorOf(const Transfer& transfer) {
  return transfer.state == TransferState::kClientCancelled ? transfer.gaining : transfer.losing;
}

// What stands in every <trnData> behind the object's name; `ns` is its prefix.
void WriteState(const Transfer& transfer, const registry::Directory& directory, std::string_view ns,
                XmlWriter* xml) {
  const auto leaf = [&](std::string_view tag, std::string_view text) {
    xml->Leaf(registry::Concat(ns, tag), text);
  };
  leaf(":trStatus", registry::TransferStateName(transfer.state));
  leaf(":reID", ClientOf(directory, transfer.gaining));
  leaf(":reDate", registry::FormatUtc(transfer.requested));
  leaf(":acID", ClientOf(directory, ActorOf(transfer)));
  leaf(":acDate", registry::FormatUtc(transfer.acted));
}

}  // namespace

std::optional<registry::Credential> ReadCredential(const Element& auth_info, Faults* faults) {
  if (!auth_info) return std::nullopt;
  return registry::Credential{ReadAuthInfo(auth_info, faults), OwnerOf(auth_info)};
}

bool IsTransferRequest(const Request& request) { return EndsIn(request, "-request"); }
bool IsTransferQuery(const Request& request) { return EndsIn(request, "-query"); }

registry::TransferDecision DecisionOf(const Request& request) {
  if (EndsIn(request, "-reject")) return registry::TransferDecision::kReject;
  if (EndsIn(request, "-cancel")) return registry::TransferDecision::kCancel;
  return registry::TransferDecision::kApprove;
}

void WriteDomainTransfer(std::string_view name, const Transfer& transfer,
                         const registry::Directory& directory, XmlWriter* xml) {
  xml->Open("domain:trnData", {{"xmlns:domain", kDomain}}).Leaf("domain:name", name);
  WriteState(transfer, directory, "domain", xml);
  if (transfer.expires) xml->Leaf("domain:exDate", registry::FormatUtc(*transfer.expires));
  xml->Close();
}

void WriteContactTransfer(std::string_view id, const Transfer& transfer,
                          const registry::Directory& directory, XmlWriter* xml) {
  xml->Open("contact:trnData", {{"xmlns:contact", kContact}}).Leaf("contact:id", id);
  WriteState(transfer, directory, "contact", xml);
  xml->Close();
}

}  // namespace epp
