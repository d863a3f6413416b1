#pragma once

#include <optional>
#include <string_view>

#include "registry/base/outcome.h"
#include "registry/model/directory.h"

namespace registry {

// What WHOIS and RDAP publish of a registrar cannot forge a line there, and leads to a place of its
// kind. Members that are as in `before` pass, so that a record from earlier days can be mended one
// member at a time; null: all are checked. Reasons in this order: kRegistrarName, kRegistrarText,
// kTooManyStreetLines, kWebAddress, kHostNameSyntax, kCreditLimitRange, kLowBalanceRange,
// kUnknownTld.
std::optional<Rejection> CheckRegistrar(const Registrar& after, const Registrar* before,
                                        const Directory& directory);

// Identifiers of new registrars: letters, digits and hyphens, and not another's in other letter
// case. kRegistrarIdCharacters, kRegistrarExists.
std::optional<Rejection> CheckRegistrarId(const RegistrarId& id, const Directory& directory);

// "https://www.example.net/", with a host name or an address and perhaps a port.
bool IsWebAddress(std::string_view text);

}  // namespace registry
