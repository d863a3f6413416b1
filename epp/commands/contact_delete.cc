#include "registry/commands/contact_delete.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {

StoreCall ReadContactDelete(const Request& request) {
  Content content(request.object, request.faults);
  registry::ContactDelete command{ReadContactId(content.Require("id"), request.faults)};
  content.End();
  ObjectName object{kContact, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
