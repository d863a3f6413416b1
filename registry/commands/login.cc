#include "registry/commands/login.h"

#include <algorithm>

namespace registry {

// No early end: an unknown client takes the same steps as a known one.
Outcome<LoggedIn> Decide(const Login& login, const Directory& directory) {
  static const Registrar kNobody;
  const Registrar* found = directory.Registrar(login.id);
  const Registrar& registrar = found == nullptr ? kNobody : *found;
  const bool known = found != nullptr;
  const bool certified =
      login.certificate &&
      std::ranges::find(registrar.certificates, *login.certificate) != registrar.certificates.end();
  if (!(known & certified & login.password_matches)) return Reject(kLoginRefused);
  if (registrar.suspended) return Reject(kRegistrarSuspended);
  return LoggedIn{registrar.key, registrar.max_sessions, registrar.PasswordExpires()};
}

Outcome<Done> CheckPasswordAge(const LoggedIn& login, bool changes_password, absl::Time now) {
  if (now >= login.password_expires && !changes_password) return Reject(kPasswordExpired);
  return Done{};
}

}  // namespace registry
