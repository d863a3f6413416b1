#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

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

// In characters. Beyond 16 a password goes with loginSec-1.0 only (RFC 8807).
inline constexpr size_t kShortestPassword = 6;
inline constexpr size_t kLongestPassword = 128;  // unless a server says otherwise

// Password rules of the edge: 6 to `longest` characters, at least two of letters, digits and
// others, no blank at its ends or beside another, since XML readers take these away; not the id and
// not what RFC 8807 has in its place. kPasswordWeak.
Outcome<Done> CheckPassword(std::string_view password, const RegistrarId& id,
                            size_t longest = kLongestPassword);

}  // namespace registry
