#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "epp/xml_reader.h"
#include "epp/xml_writer.h"
#include "registry/model/restore_report.h"

// The rgp-1.0 extension, RFC 3915.
namespace epp {

// <rgp:update>: op="report" if there is a report, else op="request". Nothing for no element.
struct Restore {
  std::optional<registry::RestoreReport> report;
};
std::optional<Restore> ReadRestore(const Element& update, Faults* faults);

// <rgp:infData>; nothing without statuses.
void WriteRgpInfo(const std::vector<std::string_view>& statuses, XmlWriter* xml);
// <rgp:upData>: the restore waits for its report.
void WritePendingRestore(XmlWriter* xml);

}  // namespace epp
