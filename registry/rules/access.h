#pragma once

#include <optional>
#include <string_view>

#include "registry/base/outcome.h"
#include "registry/model/context.h"

namespace registry {

// Whether the asker may send commands at all: registrars that exist and are not suspended, the
// operator, the lifecycle, the public. kRegistrarSuspended. Checked for every command before its
// Apply.
std::optional<Rejection> Admit(const Context& context);

// The operator passes as the sponsor of everything.
bool IsSponsor(const Context& context, RegistrarKey sponsor);

// Whether the asker may change domains of this TLD: a registrar who sells it, or the operator.
bool HasAccess(const Context& context, std::string_view tld);

}  // namespace registry
