#include "registry/commands/domain_renew.h"

#include "epp/bundle.h"
#include "epp/commands/commands.h"
#include "epp/fee.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/base/utc_text.h"

namespace epp {
namespace {

absl::CivilDay ReadExpiry(const Element& element, Faults* faults) {
  if (!element) return absl::CivilDay();
  const std::optional<Date> date = ParseDate(ReadToken(element, faults));
  if (!date) {
    faults->Parameter(registry::Reject(kDateSyntax), element);
    return absl::CivilDay();
  }
  if (!date->utc) faults->Parameter(registry::Reject(kDateZone), element);
  return date->day;
}

// <domain:renData>, RFC 5731 section 3.2.3.
void Write(const registry::DomainRenewed& renewed, const AnswerContext& context, Body* body) {
  body->data.Open("domain:renData", {{"xmlns:domain", kDomain}});
  body->data.Leaf("domain:name", renewed.name.text());
  body->data.Leaf("domain:exDate", registry::FormatUtc(renewed.expires)).Close();
  if (context.extensions.Has(Extension::kFee)) {
    WriteFeeCharged("fee:renData", renewed.charged, context.directory, &body->extension);
  }
  WriteBundle("b-dn:renData", renewed.name, context, body);
}

}  // namespace

StoreCall ReadDomainRenew(const Request& request) {
  registry::DomainRenew command;
  Content content(request.object, request.faults);
  command.name = ReadDomainName(content.Require("name"), request.faults);
  command.current_expiry = ReadExpiry(content.Require("curExpDate"), request.faults);
  command.period = ReadPeriod(content.Take("period", {"unit"}), request.faults);
  content.End();
  command.agreement = ReadFeeAgreement(request.extensions.Find(Extension::kFee), request.faults);
  ObjectName object{kDomain, "name", command.name.text()};
  return MakeStoreCall(request, std::move(command), std::move(object), Write);
}

}  // namespace epp
