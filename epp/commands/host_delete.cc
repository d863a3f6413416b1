#include "registry/commands/host_delete.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {

StoreCall ReadHostDelete(const Request& request) {
  Content content(request.object, request.faults);
  registry::HostDelete command{ReadHostName(content.Require("name"), request.faults)};
  content.End();
  ObjectName object{kHost, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
