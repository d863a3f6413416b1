#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "epp/call.h"
#include "epp/namespaces.h"  // IWYU pragma: export

namespace epp {

// What this server offers, in the order of its greeting.
struct ObjectService {
  std::string_view ns;
  Object object;
};
struct ExtensionService {
  std::string_view ns;
  Extension extension;
};

inline constexpr std::array kObjectServices = {
    ObjectService{kDomain, Object::kDomain},
    ObjectService{kHost, Object::kHost},
    ObjectService{kContact, Object::kContact},
    ObjectService{kKeyRelay, Object::kKeyRelay},
    ObjectService{kMaintenance, Object::kMaintenance},
    ObjectService{kOrganization, Object::kOrganization},
};
inline constexpr std::array kExtensionServices = {
    ExtensionService{kSecDns, Extension::kSecDns},
    ExtensionService{kRgp, Extension::kRgp},
    ExtensionService{kFee, Extension::kFee},
    ExtensionService{kLaunch, Extension::kLaunch},
    ExtensionService{kChangePoll, Extension::kChangePoll},
    ExtensionService{kLoginSec, Extension::kLoginSec},
    ExtensionService{kSecureAuthInfo, Extension::kSecureAuthInfo},
    ExtensionService{kBundle, Extension::kBundle},
    ExtensionService{kUnhandledNamespaces, Extension::kUnhandledNamespaces},
    ExtensionService{kIdn, Extension::kIdn},
    ExtensionService{kAllocationToken, Extension::kAllocationToken},
    ExtensionService{kTtl, Extension::kTtl},
    ExtensionService{kAdditionalEmail, Extension::kAdditionalEmail},
    ExtensionService{kOrgExt, Extension::kOrgExt},
};

// What a namespace names, if this server offers it.
std::optional<Object> ObjectOf(std::string_view ns);
std::optional<Extension> ExtensionOf(std::string_view ns);
// And the other way round.
std::string_view NamespaceOf(Object object);
std::string_view NamespaceOf(Extension extension);

}  // namespace epp
