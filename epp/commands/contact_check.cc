#include "registry/commands/contact_check.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {
namespace {

// <contact:chkData>, RFC 5733 section 3.1.1.
void Write(const registry::ContactChecked& checked, const AnswerContext&, Body* body) {
  body->data.Open("contact:chkData", {{"xmlns:contact", kContact}});
  for (const auto& item : checked.items) {
    body->data.Open("contact:cd");
    body->data.Leaf("contact:id", item.text, {{"avail", item.available ? "1" : "0"}});
    if (!item.reason.empty()) body->data.Leaf("contact:reason", item.reason);
    body->data.Close();
  }
  body->data.Close();
}

}  // namespace

StoreCall ReadContactCheck(const Request& request) {
  registry::ContactCheck command;
  Content content(request.object, request.faults);
  for (const Element& id : content.RequireAll("id")) {
    // One that is malformed could not be repeated in the answer, so it is refused (2005).
    registry::ContactId parsed = ReadContactId(id, request.faults);
    command.ids.push_back({parsed.text(), parsed});
  }
  content.End();
  LimitNames(request, command.ids.size());
  return MakeStoreCall(request, std::move(command), {}, Write);
}

}  // namespace epp
