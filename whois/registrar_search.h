#pragma once

#include <string_view>

#include "registry/model/directory.h"

namespace whois {

// The registrar with this IANA ID, or else with this name (ASCII letter case does not matter), or
// else, among those without an IANA ID, with this EPP identifier. Null if there is none.
const registry::Registrar* FindRegistrar(const registry::Directory& directory,
                                         std::string_view text);

}  // namespace whois
