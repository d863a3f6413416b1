#include "registry/commands/host_info.h"

#include "epp/commands/commands.h"
#include "epp/object_statuses.h"
#include "epp/ttl.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"
#include "registry/types/roid.h"

namespace epp {
namespace {

void WriteAddresses(const registry::Host& host, XmlWriter* xml) {
  for (const registry::IpAddress& address : host.addresses) {
    const bool v4 = address.family() == registry::IpAddress::Family::kV4;
    xml->Leaf("host:addr", address.ToString(), {{"ip", v4 ? "v4" : "v6"}});
  }
}

// <host:infData>, RFC 5732 section 3.1.2.
void Write(const registry::HostInfoAnswer& answer, const AnswerContext& context, Body* body) {
  const registry::Host& host = answer.host;
  XmlWriter* xml = &body->data;
  xml->Open("host:infData", {{"xmlns:host", kHost}});
  xml->Leaf("host:name", host.name.text());
  xml->Leaf("host:roid", registry::FormatRoid(registry::ObjectKind::kHost, Number(host.key),
                                              context.directory.settings.repository_id));
  WriteStatuses(answer.statuses, "host:status", xml);
  WriteAddresses(host, xml);
  xml->Leaf("host:clID", ClientOf(context.directory, host.sponsor));
  xml->Leaf("host:crID", ClientOf(context.directory, host.creator));
  xml->Leaf("host:crDate", registry::FormatUtc(host.created));
  if (host.updated) {
    xml->Leaf("host:upID", ClientOf(context.directory, host.updater));
    xml->Leaf("host:upDate", registry::FormatUtc(*host.updated));
  }
  if (host.transferred) xml->Leaf("host:trDate", registry::FormatUtc(*host.transferred));
  xml->Close();
  WriteTtls(answer.ttls, &body->extension);
}

}  // namespace

StoreCall ReadHostInfo(const Request& request) {
  Content content(request.object, request.faults);
  registry::HostInfo command{ReadHostName(content.Require("name"), request.faults)};
  content.End();
  command.ttls = ReadTtlInfo(request.extensions.Find(Extension::kTtl), request.faults);
  ObjectName object{kHost, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
