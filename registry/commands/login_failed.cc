#include "registry/commands/login_failed.h"

#include <utility>

namespace registry {

Needs NeedsOf(const LoginFailed& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const LoginFailed& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.directory.Registrar(command.registrar) == nullptr) return Reject(kRegistrarNotFound);
  Changes changes;
  changes.CountFailedLogin(command.registrar, context.now);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
