#include "registry/commands/domain_update.h"

#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/commands/domain_restore.h"
#include "epp/domain_parts.h"
#include "epp/fee.h"
#include "epp/orgext.h"
#include "epp/reasons.h"
#include "epp/sec_dns.h"
#include "epp/ttl.h"
#include "epp/values.h"
#include "registry/rules/statuses.h"

namespace epp {
namespace {

// domain:addRemType.
registry::DomainUpdate::Part ReadPart(const Element& element, Faults* faults) {
  registry::DomainUpdate::Part part;
  Content content(element, faults);
  part.name_servers = ReadNameServers(content.Take("ns"), faults);
  part.contacts = ReadContactLinks(content.TakeAll("contact", {"type"}), faults);
  part.statuses = ReadStatuses(content.TakeAll("status", {"s", "lang"}, 11),
                               registry::ClientMaySetOnDomain, faults);
  content.End();
  return part;
}

// domain:chgType. An empty registrant removes it.
void ReadChange(const Element& element, registry::DomainUpdate* command, Faults* faults) {
  Content content(element, faults);
  if (const Element registrant = content.Take("registrant")) {
    command->change_registrant = true;
    if (!ReadToken(registrant, faults).empty()) {
      command->registrant = ReadContactId(registrant, faults);
    }
  }
  if (const Element auth = content.Take("authInfo")) {
    const registry::AuthInfo value = ReadAuthInfoChange(auth, faults);
    command->auth = Seal(value);
    command->auth_weak = IsWeak(value);
  }
  content.End();
}

}  // namespace

StoreCall ReadDomainUpdate(const Request& request) {
  Faults* faults = request.faults;
  registry::DomainUpdate command;
  Content content(request.object, faults);
  command.name = ReadDomainName(content.Require("name"), faults);
  command.add = ReadPart(content.Take("add"), faults);
  command.remove = ReadPart(content.Take("rem"), faults);
  ReadChange(content.Take("chg"), &command, faults);
  content.End();
  ReadSecDnsUpdate(request.extensions.Find(Extension::kSecDns), &command, faults);
  command.ttls = ReadTtls(request.extensions.Find(Extension::kTtl), faults);
  command.organizations =
      ReadOrganizationsUpdate(request.extensions.Find(Extension::kOrgExt), faults);
  command.unacceptable = faults->policy();
  const Element rgp = request.extensions.Find(Extension::kRgp);
  if (auto restore = ReadRestore(rgp, faults)) {
    if (!IsEmpty(command)) faults->Parameter(registry::Reject(kRestoreAlone), rgp);
    return MakeRestoreCall(request, std::move(command.name), *std::move(restore));
  }
  // Updates are free: whatever sum is agreed to is enough.
  (void)ReadFeeAgreement(request.extensions.Find(Extension::kFee), faults);
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), WriteUpdated);
}

}  // namespace epp
