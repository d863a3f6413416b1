#pragma once

#include <optional>
#include <string_view>

#include "epp/call.h"

namespace epp {

// What a namespace names, if this server offers it.
std::optional<Object> ObjectOf(std::string_view ns);
std::optional<Extension> ExtensionOf(std::string_view ns);

}  // namespace epp
