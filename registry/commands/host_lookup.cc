#include "registry/commands/host_lookup.h"

#include <vector>

#include "registry/rules/statuses.h"

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
    needs.key_links = true;
  } else if (command.name) {
    needs.hosts.push_back({*command.name, Lock::kNone, /*links=*/true});
  }
  return needs;
}

Outcome<HostLookupAnswer> Apply(const HostLookup& command, const Context& /*context*/,
                                const WorkingSet& set) {
  HostLookupAnswer answer;
  for (const Host* host : Found(command, set)) {
    const bool linked = set.HostUse(host->key).linked();
    answer.hosts.push_back({*host, ShownStatuses(host->statuses, linked)});
  }
  if (answer.hosts.empty()) return Reject(kHostNotFound);
  return answer;
}

}  // namespace registry
