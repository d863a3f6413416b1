#pragma once

#include <array>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/key_relay.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <keyrelay:create>, RFC 8063: passes DNSSEC keys to the domain's sponsor, as a message. Nothing
// about the domain changes.
struct KeyRelay {
  DomainName name;
  Credential credential;
  std::vector<RelayedKey> keys;  // one at least
};

inline constexpr std::array kKeyRelayReasons = {kDomainNotFound, kRegistrarOnly, kWrongAuthInfo,
                                                kRelayToSelf,    kTooManyKeys};

Needs NeedsOf(const KeyRelay& command);
Outcome<Applied<Done>> Apply(const KeyRelay& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
