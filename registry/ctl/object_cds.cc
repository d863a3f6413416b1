#include <iostream>

#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/object_lookup.h"
#include "registry/rules/child_ds.h"
#include "registry/store/cds_scans.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::DomainName;
using registry::FormatUtc;
using registry::store::CdsScan;
using registry::store::CdsScans;

Record Describe(const DomainName& name, const CdsScan& scan) {
  Record record;
  record.Add("name", "Name", name.text());
  record.Add("result", "Result", scan.result);
  record.Add("problem", "Problem", scan.problem);
  record.Add("problem_text", "Meaning", std::string(registry::ChildDsProblemText(scan.problem)));
  record.Add("about", "With", scan.about);
  std::vector<std::string> ds;
  for (std::string_view text : registry::Split(scan.wish, ';')) {
    if (!text.empty()) ds.emplace_back(text);
  }
  record.AddList("ds", "DS", std::move(ds));
  record.Add("looked_at", "Looked at", FormatUtc(scan.at));
  record.Add("since", "So since", FormatUtc(scan.since));
  return record;
}

// Nothing is kept of those that had nothing to say: the pass tells when that was.
Record DescribeNothing(const DomainName& name, const std::optional<CdsScans::Pass>& pass) {
  Record record;
  record.Add("name", "Name", name.text());
  record.Add("result", "Result", pass ? "nothing" : "never looked at");
  if (!pass) return record;
  record.Add("pass_began", "Pass began", FormatUtc(pass->started));
  record.Add("pass_ended", "Pass ended", pass->finished ? FormatUtc(*pass->finished) : "under way");
  return record;
}

}  // namespace

int ShowCds(Session& session, const ObjectName& object) {
  const auto name = DomainName::FromUnicode(object.name);
  if (!name) return ReportRejection(name.rejection(), session.json);
  return WithObject(session, object, [&](const FoundObject&) -> int {
    const auto scan = registry::store::ReadCdsScan(session.database, *name);
    if (!scan.ok()) return ReportFailure(scan.status(), session.json);
    if (*scan) {
      Describe(*name, **scan).Print(std::cout, session.json);
      return kExitOk;
    }
    const auto pass = registry::store::ReadCdsPass(session.database);
    if (!pass.ok()) return ReportFailure(pass.status(), session.json);
    DescribeNothing(*name, *pass).Print(std::cout, session.json);
    return kExitOk;
  });
}

int RequestCds(Session& session, const ObjectName& object) {
  const auto name = DomainName::FromUnicode(object.name);
  if (!name) return ReportRejection(name.rejection(), session.json);
  return WithObject(session, object, [&](const FoundObject&) -> int {
    const auto store = session.store();
    if (!store.ok()) return ReportFailure(store.status(), session.json);
    const DomainName own = (*store)->directory()->bundles().Primary(*name);
    const absl::Status asked =
        registry::store::RequestCdsScan(session.database, own, (*store)->clock().Now());
    if (!asked.ok()) return ReportFailure(asked, session.json);
    Record record;
    record.Add("name", "Name", own.text());
    record.AddFlag("requested", "Will be looked at by postel-worker cds at once", true);
    record.Print(std::cout, session.json);
    return kExitOk;
  });
}

}  // namespace ctl
