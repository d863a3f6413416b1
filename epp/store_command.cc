#include "epp/store_command.h"

#include "epp/reasons.h"
#include "registry/rules/reasons.h"

namespace epp {
namespace {

using registry::Rejection;

// The element of the command that a rejection is about: another object that a domain refers to, or
// the object itself.
std::string EchoOf(const Rejection& rejection, const ObjectName& object) {
  if (object.ns == kDomain && !rejection.subject.empty()) {
    const std::string_view id = rejection.reason.id;
    if (id == registry::kHostNotFound.id || id == registry::kHostWithoutAddress.id) {
      return EchoElement(kDomain, "hostObj", rejection.subject);
    }
    if (id == registry::kContactNotFound.id) {
      return EchoElement(kDomain, "contact", rejection.subject);
    }
  }
  if (object.element.empty()) return {};
  return EchoElement(object.ns, object.element, object.text);
}

}  // namespace

Answer RenderRejection(const Rejection& rejection, const Respondent& respondent,
                       registry::TransactionNumber number) {
  const std::string echo = EchoOf(rejection, respondent.object);
  Result result;
  result.code = rejection.code();
  result.reason = rejection.reason.text;
  if (rejection.subject != respondent.object.text) result.subject = rejection.subject;
  result.echo = echo;
  result.client_id = respondent.client_id;
  result.number = number;
  return Answer{RenderResult(result), result.code, number, rejection.reason.id};
}

Answer RenderFailure(const Respondent& respondent, registry::TransactionNumber number) {
  Result result;
  result.code = registry::ResultCode::kCommandFailed;
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
