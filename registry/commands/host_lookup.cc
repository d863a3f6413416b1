#include "registry/commands/host_lookup.h"

#include <iterator>
#include <vector>

#include "registry/rules/statuses.h"
#include "registry/rules/superordinate_domain.h"

namespace registry {
namespace {

std::vector<const Host*> Found(const HostLookup& command, const WorkingSet& set) {
  if (command.address) return set.HostsWith(*command.address);
  if (!command.name) return {};
  const Host* host = set.FindHost(*command.name);
  if (host == nullptr) return {};
  return {host};
}

}  // namespace

Needs NeedsOf(const HostLookup& command) {
  Needs needs;
  if (command.address) {
    needs.host_addresses.push_back(*command.address);
    needs.most_with_address = command.most + 1;
  } else if (command.name) {
    needs.hosts.push_back({*command.name, Lock::kNone, /*links=*/true});
    needs.Domain(PossibleSuperordinate(*command.name), Lock::kNone);
  }
  return needs;
}

Outcome<HostLookupAnswer> Apply(const HostLookup& command, const Context& /*context*/,
                                const WorkingSet& set) {
  HostLookupAnswer answer;
  std::vector<const Host*> found = Found(command, set);
  if (std::ssize(found) > command.most) {
    found.resize(static_cast<size_t>(command.most));
    answer.truncated = true;
  }
  for (const Host* host : found) {
    const bool linked = command.name && set.HostUse(host->key).linked();
    answer.hosts.push_back({WithSponsor(*host, set), ShownStatuses(*host, linked)});
  }
  if (answer.hosts.empty()) return Reject(kHostNotFound);
  return answer;
}

}  // namespace registry
