#include "registry/commands/host_info.h"

#include "registry/rules/statuses.h"

namespace registry {

Needs NeedsOf(const HostInfo& command) {
  Needs needs;
  needs.hosts.push_back({command.name, Lock::kNone, /*links=*/true});
  return needs;
}

Outcome<HostInfoAnswer> Apply(const HostInfo& command, const Context& /*context*/,
                              const WorkingSet& set) {
  const Host* host = set.FindHost(command.name);
  if (host == nullptr) return Reject(kHostNotFound);
  return HostInfoAnswer{*host, ShownStatuses(host->statuses, set.HostUse(host->key).linked())};
}

}  // namespace registry
