#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/fee.h"
#include "epp/transfer_parts.h"
#include "epp/values.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/domain_transfer_query.h"
#include "registry/commands/domain_transfer_request.h"

namespace epp {
namespace {

void Write(const registry::DomainTransferAnswer& answer, const AnswerContext& context, Body* body) {
  WriteDomainTransfer(answer.name.text(), answer.transfer, context.directory, &body->data);
  WriteBundle("b-dn:trnData", answer.name, context, body);
}

void WriteRequested(const registry::DomainTransferAnswer& answer, const AnswerContext& context,
                    Body* body) {
  Write(answer, context, body);
  if (context.extensions.Has(Extension::kFee)) {
    WriteFeeCharged("fee:trnData", answer.transfer.fee, context.directory, &body->extension);
  }
}

}  // namespace

// One element for all operations, RFC 5731 sections 3.1.3 and 3.2.4. Its period matters to a
// request only.
StoreCall ReadDomainTransfer(const Request& request) {
  Faults* faults = request.faults;
  Content content(request.object, faults);
  const registry::DomainName name = ReadDomainName(content.Require("name"), faults);
  const registry::Years period = ReadPeriod(content.Take("period", {"unit"}), faults);
  auto credential = ReadCredential(content.Take("authInfo"), faults);
  content.End();
  auto agreement = ReadFeeAgreement(request.extensions.Find(Extension::kFee), faults);
  ObjectName object{kDomain, "name", name.text()};
  if (IsTransferRequest(request)) {
    registry::DomainTransferRequest command{name, period, std::move(credential),
                                            std::move(agreement)};
    return MakeStoreCall(request, std::move(command), std::move(object), WriteRequested);
  }
  if (IsTransferQuery(request)) {
    registry::DomainTransferQuery command{name, std::move(credential)};
    return MakeStoreCall(request, std::move(command), std::move(object), Write);
  }
  registry::DomainTransferDecision command{name, DecisionOf(request), std::move(credential)};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
