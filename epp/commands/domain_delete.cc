#include "registry/commands/domain_delete.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {

StoreCall ReadDomainDelete(const Request& request) {
  Content content(request.object, request.faults);
  registry::DomainDelete command{ReadDomainName(content.Require("name"), request.faults)};
  content.End();
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
