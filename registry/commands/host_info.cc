#include "registry/commands/host_info.h"

#include "registry/rules/record_ttls.h"
#include "registry/rules/statuses.h"
#include "registry/rules/superordinate_domain.h"

namespace registry {

Needs NeedsOf(const HostInfo& command) {
  Needs needs;
  needs.hosts.push_back({command.name, Lock::kNone, /*links=*/true});
  needs.Domain(PossibleSuperordinate(command.name), Lock::kNone);
  return needs;
}

Outcome<HostInfoAnswer> Apply(const HostInfo& command, const Context& context,
                              const WorkingSet& set) {
  const Host* host = set.FindHost(command.name);
  if (host == nullptr) return Reject(kHostNotFound);
  const bool external = host->superordinate == DomainKey{};
  const TldPolicy* zone = external ? nullptr : context.directory.Tld(host->name.tld());
  return HostInfoAnswer{WithSponsor(*host, set),
                        ShownStatuses(*host, set.HostUse(host->key).linked()),
                        ShowTtls(command.ttls, zone, host->ttls)};
}

}  // namespace registry
