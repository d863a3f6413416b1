#include "epp/rgp.h"

#include "epp/namespaces.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/types/date_time.h"

namespace epp {
namespace {

absl::Time ReadTime(const Element& element, Faults* faults) {
  if (!element) return absl::Time();
  const std::optional<absl::Time> time = registry::ParseDateTime(ReadToken(element, faults));
  if (!time) faults->Parameter(registry::Reject(kDateTimeSyntax), element);
  return time.value_or(absl::Time());
}

// rgp:reportType, section 4.2.5. The texts may hold any markup.
registry::RestoreReport ReadReport(const Element& element, Faults* faults) {
  registry::RestoreReport report;
  Content content(element, faults);
  report.pre_data = content.Require("preData").InnerXml();
  report.post_data = content.Require("postData").InnerXml();
  report.deleted = ReadTime(content.Require("delTime"), faults);
  report.restored = ReadTime(content.Require("resTime"), faults);
  const Element reason = content.Require("resReason", {"lang"});
  CheckLanguage(reason, faults);
  report.reason = reason.InnerXml();
  for (const Element& statement : content.RequireAll("statement", {"lang"}, 2)) {
    CheckLanguage(statement, faults);
    report.statements.push_back(statement.InnerXml());
  }
  report.other = content.Take("other").InnerXml();
  content.End();
  return report;
}

}  // namespace

std::optional<Restore> ReadRestore(const Element& update, Faults* faults) {
  if (!update) return std::nullopt;
  faults->CheckAttributes(update, {});
  Content content(update, faults);
  const Element restore = content.Require("restore", {"op"});
  content.End();
  if (!restore) return Restore();
  Restore read;
  Content inner(restore, faults);
  if (RequireAttribute(restore, "op", {"report", "request"}, faults) == "report") {
    read.report = ReadReport(inner.Require("report"), faults);
  }
  inner.End();
  return read;
}

void WriteRgpInfo(const std::vector<std::string_view>& statuses, XmlWriter* xml) {
  if (statuses.empty()) return;
  xml->Open("rgp:infData", {{"xmlns:rgp", kRgp}});
  for (std::string_view status : statuses) xml->Empty("rgp:rgpStatus", {{"s", status}});
  xml->Close();
}

void WritePendingRestore(XmlWriter* xml) {
  xml->Open("rgp:upData", {{"xmlns:rgp", kRgp}});
  xml->Empty("rgp:rgpStatus", {{"s", "pendingRestore"}}).Close();
}

}  // namespace epp
