#include "epp/commands/commands.h"
#include "epp/transfer_parts.h"
#include "epp/values.h"
#include "registry/commands/contact_transfer_decision.h"
#include "registry/commands/contact_transfer_query.h"
#include "registry/commands/contact_transfer_request.h"

namespace epp {
namespace {

void Write(const registry::ContactTransferAnswer& answer, const AnswerContext& context,
           Body* body) {
  WriteContactTransfer(answer.id.text(), answer.transfer, context.directory, &body->data);
}

}  // namespace

// One element for all operations, RFC 5733 sections 3.1.3 and 3.2.4.
StoreCall ReadContactTransfer(const Request& request) {
  Faults* faults = request.faults;
  Content content(request.object, faults);
  const registry::ContactId id = ReadContactId(content.Require("id"), faults);
  auto credential = ReadCredential(content.Take("authInfo"), faults);
  content.End();
  ObjectName object{kContact, "id", id.text()};
  if (IsTransferRequest(request)) {
    registry::ContactTransferRequest command{id, std::move(credential)};
    return MakeStoreCall(request, std::move(command), std::move(object), Write);
  }
  if (IsTransferQuery(request)) {
    registry::ContactTransferQuery command{id, std::move(credential)};
    return MakeStoreCall(request, std::move(command), std::move(object), Write);
  }
  registry::ContactTransferDecision command{id, DecisionOf(request), std::move(credential)};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
