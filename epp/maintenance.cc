#include "epp/maintenance.h"

#include "epp/namespaces.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

using registry::Maintenance;

void WriteSystems(const Maintenance& maintenance, XmlWriter* xml) {
  xml->Open("maint:systems");
  for (const Maintenance::System& system : maintenance.systems) {
    xml->Open("maint:system").Leaf("maint:name", system.name);
    if (!system.host.empty()) xml->Leaf("maint:host", system.host);
    xml->Leaf("maint:impact", registry::ImpactName(system.impact)).Close();
  }
  xml->Close();
}

void WriteEnvironment(const Maintenance& maintenance, XmlWriter* xml) {
  if (maintenance.environment_name.empty()) {
    xml->Empty("maint:environment", {{"type", maintenance.environment}});
  } else {
    xml->Empty("maint:environment",
               {{"type", maintenance.environment}, {"name", maintenance.environment_name}});
  }
}

void WriteTlds(const Maintenance& maintenance, XmlWriter* xml) {
  if (maintenance.tlds.empty()) return;
  xml->Open("maint:tlds");
  for (const std::string& tld : maintenance.tlds) xml->Leaf("maint:tld", tld);
  xml->Close();
}

void WriteIntervention(const Maintenance& maintenance, XmlWriter* xml) {
  if (!maintenance.intervention) return;
  const auto text = [](bool needed) { return needed ? "true" : "false"; };
  xml->Open("maint:intervention");
  xml->Leaf("maint:connection", text(maintenance.intervention->connection));
  xml->Leaf("maint:implementation", text(maintenance.intervention->implementation)).Close();
}

}  // namespace

void WriteMaintenanceId(const Maintenance& maintenance, XmlWriter* xml) {
  if (maintenance.name.empty()) {
    xml->Leaf("maint:id", maintenance.id);
  } else {
    xml->Leaf("maint:id", maintenance.id, {{"name", maintenance.name}});
  }
}

void WriteMaintenance(const Maintenance& maintenance,
                      std::optional<registry::MaintenanceNotice::Kind> told, XmlWriter* xml) {
  xml->Open("maint:item");
  WriteMaintenanceId(maintenance, xml);
  for (const std::string& type : maintenance.types) {
    xml->Leaf("maint:type", type, {{"lang", "en"}});
  }
  if (told) xml->Leaf("maint:pollType", registry::NoticeName(*told));
  WriteSystems(maintenance, xml);
  WriteEnvironment(maintenance, xml);
  xml->Leaf("maint:start", registry::FormatUtc(maintenance.starts));
  xml->Leaf("maint:end", registry::FormatUtc(maintenance.ends));
  xml->Leaf("maint:reason", maintenance.emergency ? "emergency" : "planned");
  if (!maintenance.detail.empty()) xml->Leaf("maint:detail", maintenance.detail);
  for (const Maintenance::Text& description : maintenance.descriptions) {
    xml->Leaf("maint:description", description.text,
              {{"lang", description.language}, {"type", "plain"}});
  }
  WriteTlds(maintenance, xml);
  WriteIntervention(maintenance, xml);
  xml->Leaf("maint:crDate", registry::FormatUtc(maintenance.created));
  if (maintenance.updated) xml->Leaf("maint:upDate", registry::FormatUtc(*maintenance.updated));
  xml->Close();
}

void WriteMaintenanceNotice(const registry::PollMessage& message, XmlWriter* xml) {
  const std::optional<registry::MaintenanceNotice> notice =
      registry::ParseMaintenanceNotice(message.detail);
  if (!notice) return;
  xml->Open("maint:infData", {{"xmlns:maint", kMaintenance}});
  WriteMaintenance(notice->maintenance, notice->kind, xml);
  xml->Close();
}

}  // namespace epp
