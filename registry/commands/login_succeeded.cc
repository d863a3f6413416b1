#include "registry/commands/login_succeeded.h"

#include <utility>

#include "registry/rules/access.h"

namespace registry {

Needs NeedsOf(const LoginSucceeded& command) {
  Needs needs;
  needs.failed_logins = command.registrar;
  return needs;
}

Outcome<Applied<FailuresBefore>> Apply(const LoginSucceeded& command, const Context& context,
                                       const WorkingSet& set) {
  if (!IsSponsor(context, command.registrar)) return Reject(kNotSponsor);
  const absl::Time since = HourOf(context.now - command.window);
  const FailuresBefore before{set.FailedLogins(command.registrar, since)};
  Changes changes;
  const bool any = set.FailedLogins(command.registrar, absl::InfinitePast()) > 0;
  if (any) changes.ForgetFailedLogins(command.registrar);
  return Applied<FailuresBefore>{before, std::move(changes)};
}

}  // namespace registry
