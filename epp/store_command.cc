#include "epp/store_command.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "epp/reasons.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

using registry::Rejection;

// The elements of a domain command that reasons are about. The rejection's subject is what the
// element said. An empty element stands for the whole command.
struct Blame {
  std::string_view reason;
  std::string_view element;
};
constexpr Blame kBlames[] = {
    {registry::kHostNotFound.id, "hostObj"},
    {registry::kHostWithoutAddress.id, "hostObj"},
    {registry::kContactNotFound.id, "contact"},
    {registry::kRegistrantNotFound.id, "registrant"},
    {registry::kRegistrantRequired.id, "registrant"},
    {registry::kRegistrantMissing.id, ""},
    {registry::kRegistrantRefused.id, ""},
};

// The element of the command that a rejection is about: what the edge saw, another object that a
// domain refers to, or the object itself.
std::string EchoOf(const Rejection& rejection, const Respondent& respondent) {
  const ObjectName& object = respondent.object;
  const std::string_view reason = rejection.reason.id;
  if (reason == respondent.policy_reason) return respondent.policy_echo;
  const auto* blame = std::ranges::find(kBlames, reason, &Blame::reason);
  if (object.ns == kDomain && blame != std::end(kBlames)) {
    if (blame->element.empty()) return {};
    return EchoElement(kDomain, blame->element, rejection.subject);
  }
  if (!object.as_sent.empty() || object.element.empty()) return object.as_sent;
  return EchoElement(object.ns, object.element, object.text);
}

}  // namespace

Respondent RespondentOf(const Request& request, ObjectName object) {
  Respondent respondent;
  respondent.client_id = request.client_id;
  respondent.objects = request.session.objects;
  respondent.extensions = request.session.extensions;
  respondent.object = std::move(object);
  if (const auto& policy = request.faults->policy()) {
    respondent.policy_reason = policy->reason.id;
    respondent.policy_echo = request.faults->policy_echo();
  }
  return respondent;
}

Answer RenderRejection(const Rejection& rejection, const Respondent& respondent,
                       registry::TransactionNumber number) {
  const std::string echo = EchoOf(rejection, respondent);
  Result result;
  result.code = rejection.code();
  result.reason = rejection.reason.text;
  if (rejection.subject != respondent.object.text) result.subject = rejection.subject;
  result.echo = echo;
  result.client_id = respondent.client_id;
  result.number = number;
  return Answer{RenderResult(result), result.code, number, rejection.reason.id};
}

Answer RenderFailure(const absl::Status& status, const Respondent& respondent,
                     registry::TransactionNumber number) {
  Result result;
  result.code = absl::IsUnknown(status) ? registry::ResultCode::kCommandFailedClosing
                                        : registry::ResultCode::kCommandFailed;
  result.client_id = respondent.client_id;
  result.number = number;
  return Answer{RenderResult(result), result.code, number, "store-failed"};
}

void LimitNames(const Request& request, size_t names) {
  if (names > static_cast<size_t>(request.limits.names_per_check)) {
    request.faults->Parameter(
        registry::Reject(kTooManyNames, std::to_string(request.limits.names_per_check)),
        request.object);
  }
}

std::string_view ClientOf(const registry::Directory& directory, registry::RegistrarKey key) {
  const std::string_view text = directory.RegistrarText(key);
  return text.empty() ? "registry" : text;
}

}  // namespace epp
