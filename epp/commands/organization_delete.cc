#include "registry/commands/organization_delete.h"

#include "epp/commands/commands.h"
#include "epp/values.h"

namespace epp {

StoreCall ReadOrganizationDelete(const Request& request) {
  Content content(request.object, request.faults);
  registry::OrganizationDelete command{ReadOrganizationId(content.Require("id"), request.faults)};
  content.End();
  ObjectName object{kOrganization, "id", command.id.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
