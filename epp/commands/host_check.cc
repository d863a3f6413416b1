#include "registry/commands/host_check.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {
namespace {

// <host:chkData>, RFC 5732 section 3.1.1.
void Write(const registry::HostChecked& checked, const AnswerContext&, Body* body) {
  body->data.Open("host:chkData", {{"xmlns:host", kHost}});
  for (const auto& item : checked.items) {
    body->data.Open("host:cd");
    body->data.Leaf("host:name", item.text, {{"avail", item.available ? "1" : "0"}});
    if (!item.reason.empty()) body->data.Leaf("host:reason", item.reason);
    body->data.Close();
  }
  body->data.Close();
}

}  // namespace

StoreCall ReadHostCheck(const Request& request) {
  registry::HostCheck command;
  Content content(request.object, request.faults);
  for (const Element& name : content.RequireAll("name")) {
    std::string text = ReadAskedName(name, request.faults);
    registry::Outcome<registry::DomainName> parsed = registry::DomainName::Parse(text);
    command.names.push_back({std::move(text), std::move(parsed)});
  }
  content.End();
  LimitNames(request, command.names.size());
  return MakeStoreCall(request, std::move(command), {}, Write);
}

}  // namespace epp
