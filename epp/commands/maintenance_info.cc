#include "registry/commands/maintenance_info.h"

#include "epp/commands/commands.h"
#include "epp/maintenance.h"
#include "epp/namespaces.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

// <maint:infData>, RFC 9167 section 4.1.2.
void Write(const registry::MaintenanceInfoAnswer& answer, const AnswerContext&, Body* body) {
  XmlWriter* xml = &body->data;
  xml->Open("maint:infData", {{"xmlns:maint", kMaintenance}});
  if (answer.item) {
    WriteMaintenance(*answer.item, std::nullopt, xml);
    xml->Close();
    return;
  }
  xml->Open("maint:list");
  for (const registry::Maintenance& maintenance : answer.list) {
    xml->Open("maint:listItem");
    WriteMaintenanceId(maintenance, xml);
    xml->Leaf("maint:start", registry::FormatUtc(maintenance.starts));
    xml->Leaf("maint:end", registry::FormatUtc(maintenance.ends));
    xml->Leaf("maint:crDate", registry::FormatUtc(maintenance.created));
    if (maintenance.updated) xml->Leaf("maint:upDate", registry::FormatUtc(*maintenance.updated));
    xml->Close();
  }
  xml->Close().Close();
}

}  // namespace

StoreCall ReadMaintenanceInfo(const Request& request) {
  registry::MaintenanceInfo command;
  ObjectName object{kMaintenance, "list", "", ""};
  Content content(request.object, request.faults);
  if (const Element list = content.Take("list")) {
    ExpectEmpty(list, request.faults);
  } else if (const Element id = content.Require("id", {"name", "lang"})) {
    CheckLanguage(id, request.faults);
    command.id = ReadToken(id, request.faults);
    object = {kMaintenance, "id", *command.id, ""};
  }
  content.End();
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
