#include "registry/commands/domain_check.h"

#include "epp/allocation_token.h"
#include "epp/commands/commands.h"
#include "epp/fee.h"
#include "epp/launch.h"
#include "epp/reasons.h"
#include "epp/values.h"
#include "registry/commands/claims_check.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

// <domain:chkData>, RFC 5731 section 3.1.1.
void Write(const registry::DomainChecked& checked, const AnswerContext& context, Body* body) {
  body->data.Open("domain:chkData", {{"xmlns:domain", kDomain}});
  for (const auto& item : checked.items) {
    body->data.Open("domain:cd");
    body->data.Leaf("domain:name", item.text, {{"avail", item.available ? "1" : "0"}});
    if (!item.reason.empty()) body->data.Leaf("domain:reason", item.reason);
    body->data.Close();
  }
  body->data.Close();
  WriteFeeCheck(checked, context.directory, &body->extension);
}

// <launch:chkData>, RFC 8334 section 3.1.1; there is no <domain:chkData>.
void WriteClaims(const registry::ClaimsChecked& checked, const AnswerContext&, Body* body) {
  XmlWriter* xml = &body->extension;
  xml->Open("launch:chkData", {{"xmlns:launch", kLaunch}});
  xml->Leaf("launch:phase", registry::LaunchPhaseName(registry::LaunchPhase::kClaims));
  for (const auto& item : checked.items) {
    const bool exists = !item.claim_key.empty();
    xml->Open("launch:cd").Leaf("launch:name", item.text, {{"exists", exists ? "1" : "0"}});
    if (exists) xml->Leaf("launch:claimKey", item.claim_key, {{"validatorID", "tmch"}});
    xml->Close();
  }
  xml->Close();
}

StoreCall AskForClaims(const Request& request, registry::DomainCheck check) {
  registry::ClaimsCheck command;
  command.listed = request.clearinghouse != nullptr;
  for (registry::DomainCheck::Asked& asked : check.names) {
    std::string key = asked.name.ok() ? ClaimKeyOf(*asked.name, request.clearinghouse) : "";
    command.names.push_back({std::move(asked.text), std::move(asked.name), std::move(key)});
  }
  return MakeStoreCall(request, std::move(command), {}, WriteClaims);
}

}  // namespace

StoreCall ReadDomainCheck(const Request& request) {
  registry::DomainCheck command;
  Content content(request.object, request.faults);
  for (const Element& name : content.RequireAll("name")) {
    std::string text = ReadAskedName(name, request.faults);
    registry::Outcome<registry::DomainName> parsed = registry::DomainName::Parse(text);
    command.names.push_back({std::move(text), std::move(parsed)});
  }
  content.End();
  LimitNames(request, command.names.size());
  command.fees = ReadFeeCheck(request.extensions.Find(Extension::kFee), request.faults);
  command.token = ReadAllocationToken(request);
  const Element element = request.extensions.Find(Extension::kLaunch);
  if (!element) return MakeStoreCall(request, std::move(command), {}, Write);
  const LaunchCheck launch = ReadLaunchCheck(element, request.faults);
  if (!launch.claims) {
    command.phase = launch.phase;
    return MakeStoreCall(request, std::move(command), {}, Write);
  }
  if (launch.phase.value_or(registry::LaunchPhase::kClaims) != registry::LaunchPhase::kClaims) {
    request.faults->Parameter(registry::Reject(registry::kPhaseMismatch, "claims"), element);
  }
  return AskForClaims(request, std::move(command));
}

}  // namespace epp
