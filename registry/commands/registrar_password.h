#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// A new password: <newPW> of a login (RFC 5730 section 2.9.1.1), or the operator's reset.
struct RegistrarPassword {
  RegistrarKey registrar = kNoRegistrar;
  std::string password_hash;  // argon2id, encoded form
};

inline constexpr std::array kRegistrarPasswordReasons = {kRegistrarNotFound, kNotSponsor};

Needs NeedsOf(const RegistrarPassword& command);
Outcome<Applied<Done>> Apply(const RegistrarPassword& command, const Context& context,
                             const WorkingSet& set);

// Password rules of the edge: 6 to 16 characters (RFC 5730 section 4.2), at least two of letters,
// digits and others, not the id. kPasswordWeak.
Outcome<Done> CheckPassword(std::string_view password, const RegistrarId& id);

}  // namespace registry
