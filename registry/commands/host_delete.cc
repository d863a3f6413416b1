#include "registry/commands/host_delete.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"
#include "registry/rules/superordinate_domain.h"

namespace registry {

Needs NeedsOf(const HostDelete& command) {
  Needs needs;
  needs.hosts.push_back({command.name, Lock::kDelete, /*links=*/true});
  needs.Domain(PossibleSuperordinate(command.name), Lock::kNone);
  return needs;
}

Outcome<Applied<Done>> Apply(const HostDelete& command, const Context& context,
                             const WorkingSet& set) {
  const Host* host = set.FindHost(command.name);
  if (host == nullptr) return Reject(kHostNotFound);
  if (!IsSponsor(context, SponsorOf(*host, set))) return Reject(kNotSponsor);
  if (context.asker != kOperator && Prohibits(host->statuses, Operation::kDelete)) {
    return Reject(kDeleteProhibited);
  }
  if (set.HostUse(host->key).linked()) return Reject(kHostLinked);

  Changes changes;
  changes.Delete(*host);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
