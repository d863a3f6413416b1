#include "registry/commands/domain_create.h"

#include "epp/allocation_token.h"
#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/domain_parts.h"
#include "epp/fee.h"
#include "epp/idn.h"
#include "epp/launch.h"
#include "epp/orgext.h"
#include "epp/sec_dns.h"
#include "epp/ttl.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

// <domain:creData>, RFC 5731 section 3.2.1.
void Write(const registry::DomainCreated& created, const AnswerContext& context, Body* body) {
  body->data.Open("domain:creData", {{"xmlns:domain", kDomain}});
  body->data.Leaf("domain:name", created.name.text());
  body->data.Leaf("domain:crDate", registry::FormatUtc(created.created));
  body->data.Leaf("domain:exDate", registry::FormatUtc(created.expires)).Close();
  if (context.extensions.Has(Extension::kFee)) {
    WriteFeeCharged("fee:creData", created.charged, context.directory, &body->extension);
  }
  WriteBundle("b-dn:creData", created.name, context, body);
}

}  // namespace

StoreCall ReadDomainCreate(const Request& request) {
  Faults* faults = request.faults;
  registry::DomainCreate command;
  Content content(request.object, faults);
  command.name = ReadDomainName(content.Require("name"), faults);
  command.period = ReadPeriod(content.Take("period", {"unit"}), faults);
  command.name_servers = ReadNameServers(content.Take("ns"), faults);
  if (const Element registrant = content.Take("registrant")) {
    command.registrant = ReadContactId(registrant, faults);
  }
  command.contacts = ReadContactLinks(content.TakeAll("contact", {"type"}), faults);
  const registry::AuthInfo auth = ReadAuthInfo(content.Require("authInfo"), faults);
  command.auth = Seal(auth);
  command.auth_weak = IsWeak(auth);
  content.End();
  command.ds = ReadSecDnsCreate(request.extensions.Find(Extension::kSecDns), command.name, faults);
  command.agreement = ReadFeeAgreement(request.extensions.Find(Extension::kFee), faults);
  command.token = ReadAllocationToken(request);
  command.launch = ReadLaunchCreate(request);
  command.claims = ClaimsOf(command.name, request.clearinghouse);
  command.bundle = ReadBundleCreate(request.extensions.Find(Extension::kBundle), faults);
  command.idn = ReadIdnCreate(request.extensions.Find(Extension::kIdn), faults);
  command.ttls = ReadTtls(request.extensions.Find(Extension::kTtl), faults);
  command.organizations =
      ReadOrganizationsCreate(request.extensions.Find(Extension::kOrgExt), faults);
  command.unacceptable = faults->policy();
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
