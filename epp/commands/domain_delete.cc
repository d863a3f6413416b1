#include "registry/commands/domain_delete.h"

#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/fee.h"
#include "epp/values.h"

namespace epp {

namespace {

void Write(const registry::DomainDeleted& deleted, const AnswerContext& context, Body* body) {
  if (context.extensions.Has(Extension::kFee)) {
    WriteFeeCredits(deleted.credits, context.directory, &body->extension);
  }
  WriteBundle("b-dn:delData", deleted.name, context, body);
}

}  // namespace

StoreCall ReadDomainDelete(const Request& request) {
  Content content(request.object, request.faults);
  registry::DomainDelete command{ReadDomainName(content.Require("name"), request.faults)};
  content.End();
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
