#include "epp/idn.h"

#include <string>
#include <utility>

#include "epp/namespaces.h"
#include "epp/values.h"
#include "registry/base/outcome.h"
#include "registry/types/domain_name.h"
#include "registry/types/reasons.h"

namespace epp {

std::optional<registry::IdnRequest> ReadIdnCreate(const Element& data, Faults* faults) {
  if (!data) return std::nullopt;
  registry::IdnRequest request;
  faults->CheckAttributes(data, {});
  Content content(data, faults);
  const Element table = content.Require("table");
  request.table = ReadToken(table, faults);
  if (table && !registry::IsIdnTableId(request.table)) {
    faults->Parameter(registry::Reject(registry::kIdnTableIdSyntax), table);
  }
  if (const Element uname = content.Take("uname")) {
    request.uname = ReadToken(uname, faults);
    // Some write the whole name, some its first label.
    std::string name = request.uname;
    if (name.find('.') == std::string::npos) name += ".tld";
    if (!registry::DomainName::FromUnicode(name).ok()) {
      faults->Parameter(registry::Reject(registry::kUnicodeNameSyntax), uname);
    }
  }
  content.End();
  return request;
}

void WriteIdn(const registry::Domain& domain, XmlWriter* xml) {
  xml->Open("idn:data", {{"xmlns:idn", kIdn}});
  xml->Leaf("idn:table", domain.idn_table).Leaf("idn:uname", domain.name.ToUnicode());
  xml->Close();
}

}  // namespace epp
