#include "registry/commands/domain_check.h"

#include "epp/commands/commands.h"
#include "epp/fee.h"
#include "epp/values.h"

namespace epp {
namespace {

// <domain:chkData>, RFC 5731 section 3.1.1.
void Write(const registry::DomainChecked& checked, const AnswerContext& context, Body* body) {
  body->data.Open("domain:chkData", {{"xmlns:domain", kDomain}});
  for (const auto& item : checked.items) {
    body->data.Open("domain:cd");
    body->data.Leaf("domain:name", item.text, {{"avail", item.available ? "1" : "0"}});
    if (!item.reason.empty()) body->data.Leaf("domain:reason", item.reason);
    body->data.Close();
  }
  body->data.Close();
  WriteFeeCheck(checked, context.directory, &body->extension);
}

}  // namespace

StoreCall ReadDomainCheck(const Request& request) {
  registry::DomainCheck command;
  Content content(request.object, request.faults);
  for (const Element& name : content.RequireAll("name")) {
    std::string text = ReadAskedName(name, request.faults);
    registry::Outcome<registry::DomainName> parsed = registry::DomainName::Parse(text);
    command.names.push_back({std::move(text), std::move(parsed)});
  }
  content.End();
  LimitNames(request, command.names.size());
  command.fees = ReadFeeCheck(request.extensions.Find(Extension::kFee), request.faults);
  return MakeStoreCall(request, std::move(command), {}, Write);
}

}  // namespace epp
