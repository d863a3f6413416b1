#include "registry/commands/organization_check.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {
namespace {

// <org:chkData>, RFC 8543 section 4.1.1.
void Write(const registry::OrganizationChecked& checked, const AnswerContext&, Body* body) {
  body->data.Open("org:chkData", {{"xmlns:org", kOrganization}});
  for (const auto& item : checked.items) {
    body->data.Open("org:cd");
    body->data.Leaf("org:id", item.id.text(), {{"avail", item.available ? "1" : "0"}});
    if (!item.reason.empty()) body->data.Leaf("org:reason", item.reason);
    body->data.Close();
  }
  body->data.Close();
}

}  // namespace

StoreCall ReadOrganizationCheck(const Request& request) {
  registry::OrganizationCheck command;
  Content content(request.object, request.faults);
  for (const Element& id : content.RequireAll("id")) {
    // One that is malformed could not be repeated in the answer, so it is refused (2005).
    command.ids.push_back(ReadOrganizationId(id, request.faults));
  }
  content.End();
  LimitNames(request, command.ids.size());
  return MakeStoreCall(request, std::move(command), {}, Write);
}

}  // namespace epp
