#pragma once

#include <optional>

#include "epp/xml_writer.h"
#include "registry/model/maintenance.h"
#include "registry/model/poll_message.h"

namespace epp {

// <maint:item> of a <maint:infData>, RFC 9167 section 3; with a pollType in messages.
void WriteMaintenance(const registry::Maintenance& maintenance,
                      std::optional<registry::MaintenanceNotice::Kind> told, XmlWriter* xml);

// <maint:infData> of a message, RFC 9167 section 3.3; nothing if it has none.
void WriteMaintenanceNotice(const registry::PollMessage& message, XmlWriter* xml);

// maint:idType.
void WriteMaintenanceId(const registry::Maintenance& maintenance, XmlWriter* xml);

}  // namespace epp
