#include "registry/commands/domain_info.h"

#include "epp/allocation_token.h"
#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/domain_parts.h"
#include "epp/idn.h"
#include "epp/launch.h"
#include "epp/object_statuses.h"
#include "epp/orgext.h"
#include "epp/rgp.h"
#include "epp/sec_dns.h"
#include "epp/transfer_parts.h"
#include "epp/ttl.h"
#include "epp/unhandled_namespaces.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"
#include "registry/types/roid.h"

namespace epp {
namespace {

using registry::DomainInfo;
using registry::DomainInfoAnswer;

DomainInfo::Hosts ReadHosts(const Element& name, Faults* faults) {
  if (!name || !name.Attribute("hosts")) return DomainInfo::Hosts::kAll;
  const std::string hosts = RequireAttribute(name, "hosts", {"all", "del", "none", "sub"}, faults);
  if (hosts == "del") return DomainInfo::Hosts::kDelegated;
  if (hosts == "none") return DomainInfo::Hosts::kNone;
  return hosts == "sub" ? DomainInfo::Hosts::kSubordinate : DomainInfo::Hosts::kAll;
}

void WriteReferences(const DomainInfoAnswer& answer, XmlWriter* xml) {
  if (answer.registrant) xml->Leaf("domain:registrant", answer.registrant->text());
  for (const auto& contact : answer.contacts) {
    xml->Leaf("domain:contact", contact.id.text(), {{"type", registry::RoleName(contact.role)}});
  }
  if (!answer.name_servers.empty()) {
    xml->Open("domain:ns");
    for (const auto& host : answer.name_servers) xml->Leaf("domain:hostObj", host.text());
    xml->Close();
  }
  for (const auto& host : answer.subordinates) xml->Leaf("domain:host", host.text());
}

void WriteDates(const registry::Domain& domain, const registry::Directory& directory,
                XmlWriter* xml) {
  xml->Leaf("domain:clID", ClientOf(directory, domain.sponsor));
  xml->Leaf("domain:crID", ClientOf(directory, domain.creator));
  xml->Leaf("domain:crDate", registry::FormatUtc(domain.created));
  if (domain.updated) {
    xml->Leaf("domain:upID", ClientOf(directory, domain.updater));
    xml->Leaf("domain:upDate", registry::FormatUtc(*domain.updated));
  }
  xml->Leaf("domain:exDate", registry::FormatUtc(domain.expires));
  if (domain.transferred) xml->Leaf("domain:trDate", registry::FormatUtc(*domain.transferred));
}

// <domain:infData>, RFC 5731 section 3.1.2. The authInfo is never given back (RFC 9154).
void Write(const DomainInfoAnswer& answer, const AnswerContext& context, Body* body) {
  const registry::Domain& domain = answer.domain;
  XmlWriter* xml = &body->data;
  xml->Open("domain:infData", {{"xmlns:domain", kDomain}});
  xml->Leaf("domain:name", domain.name.text());
  xml->Leaf("domain:roid", registry::FormatRoid(registry::ObjectKind::kDomain, Number(domain.key),
                                                context.directory.settings.repository_id));
  WriteStatuses(answer.statuses, "domain:status", xml);
  WriteReferences(answer, xml);
  WriteDates(domain, context.directory, xml);
  xml->Close();
  WriteExtension(Extension::kRgp, context, body,
                 [&](XmlWriter* part) { WriteRgpInfo(answer.rgp_statuses, part); });
  WriteExtension(Extension::kSecDns, context, body,
                 [&](XmlWriter* part) { WriteSecDns(domain.ds, part); });
  WriteBundle("b-dn:infData", domain.name, context, body);
  if (!domain.idn_table.empty()) {
    WriteExtension(Extension::kIdn, context, body,
                   [&](XmlWriter* part) { WriteIdn(domain, part); });
  }
  if (answer.launch) WriteLaunch(*answer.launch, &body->extension);
  if (!answer.token.empty()) WriteAllocationToken(answer.token, &body->extension);
  WriteTtls(answer.ttls, &body->extension);
  if (domain.organizations) {
    WriteExtension(Extension::kOrgExt, context, body,
                   [&](XmlWriter* part) { WriteOrganizations(*domain.organizations, part); });
  }
}

}  // namespace

StoreCall ReadDomainInfo(const Request& request) {
  Faults* faults = request.faults;
  DomainInfo command;
  Content content(request.object, faults);
  const Element name = content.Require("name", {"hosts"});
  command.name = ReadDomainName(name, faults);
  command.hosts = ReadHosts(name, faults);
  command.credential = ReadCredential(content.Take("authInfo"), faults);
  content.End();
  const LaunchInfo launch = ReadLaunchInfo(request.extensions.Find(Extension::kLaunch), faults);
  command.launch_phase = launch.phase;
  command.include_mark = launch.include_mark;
  command.asks_token = ReadAllocationTokenInfo(request);
  command.ttls = ReadTtlInfo(request.extensions.Find(Extension::kTtl), faults);
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
