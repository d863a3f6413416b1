#include "epp/services.h"

#include "epp/namespaces.h"

namespace epp {

std::optional<Object> ObjectOf(std::string_view ns) {
  if (ns == kDomain) return Object::kDomain;
  if (ns == kHost) return Object::kHost;
  if (ns == kContact) return Object::kContact;
  return std::nullopt;
}

std::optional<Extension> ExtensionOf(std::string_view ns) {
  if (ns == kSecDns) return Extension::kSecDns;
  if (ns == kRgp) return Extension::kRgp;
  if (ns == kFee) return Extension::kFee;
  if (ns == kSecureAuthInfo) return Extension::kSecureAuthInfo;
  return std::nullopt;
}

}  // namespace epp
