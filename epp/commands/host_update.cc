#include "registry/commands/host_update.h"

#include "epp/commands/commands.h"
#include "epp/ttl.h"
#include "epp/values.h"
#include "registry/rules/statuses.h"

namespace epp {
namespace {

// host:addRemType.
registry::HostUpdate::Part ReadPart(const Element& element, Faults* faults) {
  registry::HostUpdate::Part part;
  Content content(element, faults);
  for (const Element& address : content.TakeAll("addr", {"ip"})) {
    part.addresses.push_back(ReadAddress(address, faults));
  }
  LimitValues(part.addresses.size(), registry::kTooManyAddresses, element, faults);
  part.statuses = ReadStatuses(content.TakeAll("status", {"s", "lang"}, 7),
                               registry::ClientMaySetOnHostOrContact, faults);
  content.End();
  return part;
}

}  // namespace

StoreCall ReadHostUpdate(const Request& request) {
  Faults* faults = request.faults;
  registry::HostUpdate command;
  Content content(request.object, faults);
  command.name = ReadHostName(content.Require("name"), faults);
  command.add = ReadPart(content.Take("add"), faults);
  command.remove = ReadPart(content.Take("rem"), faults);
  if (const Element change = content.Take("chg")) {
    Content changed(change, faults);
    command.new_name = ReadHostName(changed.Require("name"), faults);
    changed.End();
  }
  content.End();
  command.ttls = ReadTtls(request.extensions.Find(Extension::kTtl), faults);
  command.unacceptable = faults->policy();
  ObjectName object{kHost, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteNothing);
}

}  // namespace epp
