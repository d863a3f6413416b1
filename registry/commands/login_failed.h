#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// Somebody with a certificate that we trust tried to log in as the registrar and could not. It is
// counted by the hour, for the registrar to hear with its next login (RFC 8807 section 3.1). Who
// it was is not known, so nobody's right is asked for.
struct LoginFailed {
  RegistrarKey registrar = kNoRegistrar;
};

inline constexpr std::array kLoginFailedReasons = {kRegistrarNotFound};

Needs NeedsOf(const LoginFailed& command);
Outcome<Applied<Done>> Apply(const LoginFailed& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
