#include "epp/commands/domain_restore.h"

#include <utility>

#include "epp/bundle.h"
#include "epp/fee.h"
#include "registry/commands/domain_restore_report.h"
#include "registry/commands/domain_restore_request.h"

namespace epp {
namespace {

void Write(const registry::DomainRestored& restored, const AnswerContext& context, Body* body) {
  if (restored.pending) WritePendingRestore(&body->extension);
  if (context.extensions.Has(Extension::kFee)) {
    WriteFeeCharged("fee:updData", restored.charged, context.directory, &body->extension);
  }
  WriteBundle("b-dn:upData", restored.name, context, body);
}

}  // namespace

StoreCall MakeRestoreCall(const Request& request, registry::DomainName name, Restore restore) {
  ObjectName object{kDomain, "name", name.text()};
  if (restore.report) {
    registry::DomainRestoreReport command{std::move(name), *std::move(restore.report)};
    return MakeStoreCall(request, std::move(command), std::move(object), WriteUpdated);
  }
  registry::DomainRestoreRequest command{
      std::move(name), ReadFeeAgreement(request.extensions.Find(Extension::kFee), request.faults)};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
