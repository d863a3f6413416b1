#pragma once

#include <array>
#include <optional>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"
#include "registry/types/fingerprint.h"

namespace registry {

// <login>, RFC 5730 section 2.9.1.1: the part that needs the registry. The password itself is
// compared outside (argon2id takes tens of milliseconds): `password_matches` says the result.
// Everything that is wrong is one answer.
struct Login {
  RegistrarId id;
  std::optional<Fingerprint> certificate;  // the client's, verified by TLS; none: not presented
  bool password_matches = false;
};

struct LoggedIn {
  RegistrarKey registrar = kNoRegistrar;
  int max_sessions = 0;                                  // 0: the server's default
  absl::Time password_expires = absl::InfiniteFuture();  // of the password that was given
};

// kRegistrarSuspended only when id, password and certificate are right.
inline constexpr std::array kLoginReasons = {kLoginRefused, kRegistrarSuspended};

Outcome<LoggedIn> Decide(const Login& login, const Directory& directory);

// Whether the password is too old at `now` for a login that does not change it, or not as it
// should (`changes_password` is false then). Apart from Decide, since the registrar whose login
// this is hears when it expired. kPasswordExpired.
Outcome<Done> CheckPasswordAge(const LoggedIn& login, bool changes_password, absl::Time now);

}  // namespace registry
