#include "registry/commands/host_create.h"

#include "epp/commands/commands.h"
#include "epp/ttl.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

// <host:creData>, RFC 5732 section 3.2.1.
void Write(const registry::HostCreated& created, const AnswerContext&, Body* body) {
  body->data.Open("host:creData", {{"xmlns:host", kHost}});
  body->data.Leaf("host:name", created.name.text());
  body->data.Leaf("host:crDate", registry::FormatUtc(created.created)).Close();
}

}  // namespace

StoreCall ReadHostCreate(const Request& request) {
  registry::HostCreate command;
  Content content(request.object, request.faults);
  command.name = ReadHostName(content.Require("name"), request.faults);
  for (const Element& address : content.TakeAll("addr", {"ip"})) {
    command.addresses.push_back(ReadAddress(address, request.faults));
  }
  LimitValues(command.addresses.size(), registry::kTooManyAddresses, request.object,
              request.faults);
  content.End();
  command.ttls = ReadTtls(request.extensions.Find(Extension::kTtl), request.faults);
  ObjectName object{kHost, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
