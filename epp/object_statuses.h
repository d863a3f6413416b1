#pragma once

#include <string_view>

#include "epp/xml_writer.h"
#include "registry/types/status.h"

namespace epp {

// One element `tag` with its attribute s for each status.
inline void WriteStatuses(registry::StatusSet statuses, std::string_view tag, XmlWriter* xml) {
  for (registry::Status status : statuses.ToVector()) {
    xml->Empty(tag, {{"s", registry::StatusName(status)}});
  }
}

}  // namespace epp
