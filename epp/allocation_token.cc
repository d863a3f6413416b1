#include "epp/allocation_token.h"

#include <string>
#include <utility>

#include "epp/namespaces.h"
#include "epp/reasons.h"

namespace epp {

std::optional<registry::GivenToken> ReadAllocationToken(const Request& request) {
  const Element element = request.extensions.Find(Extension::kAllocationToken);
  if (!element) return std::nullopt;
  request.faults->CheckAttributes(element, {});
  std::string text = ReadToken(element, request.faults);
  if (text.empty()) {
    request.faults->Parameter(registry::Reject(kAllocationTokenSyntax), element);
    return std::nullopt;
  }
  return registry::GivenToken(std::move(text));
}

bool ReadAllocationTokenInfo(const Request& request) {
  const Element element = request.extensions.Find(Extension::kAllocationToken);
  if (!element) return false;
  request.faults->CheckAttributes(element, {});
  ExpectEmpty(element, request.faults);
  return true;
}

void WriteAllocationToken(std::string_view token, XmlWriter* xml) {
  xml->Leaf("allocationToken:allocationToken", token,
            {{"xmlns:allocationToken", kAllocationToken}});
}

}  // namespace epp
