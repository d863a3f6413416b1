#include "registry/commands/host_update.h"

#include <utility>

#include "registry/base/text.h"
#include "registry/rules/access.h"
#include "registry/rules/host_addresses.h"
#include "registry/rules/record_ttls.h"
#include "registry/rules/statuses.h"
#include "registry/rules/superordinate_domain.h"

namespace registry {
namespace {

bool IsEmpty(const HostUpdate& command) {
  return command.add.empty() && command.remove.empty() && !command.new_name &&
         !command.unacceptable && command.ttls.empty();
}

bool IsExternal(const Host& host) { return host.superordinate == DomainKey{}; }

// Gives the host its new name, and with it its new place.
std::optional<Rejection> Rename(Host& host, const DomainName& name, const Context& context,
                                const WorkingSet& set) {
  if (set.FindHost(name) != nullptr) return Reject(kHostExists, name.text());
  const Outcome<const Domain*> superordinate = FindSuperordinate(name, context, set);
  if (!superordinate) return superordinate.rejection();
  // RFC 5732 section 3.2.5. Below a domain of ours the name is that sponsor's to choose.
  if (IsExternal(host) && set.HostUse(host.key).by_other_sponsors) {
    return Reject(kHostUsedByOthers);
  }
  host = WithSponsor(host, set);
  host.name = name;
  host.superordinate = DomainKey{};
  if (*superordinate != nullptr) {
    host.superordinate = (*superordinate)->key;
    host.sponsor = kNoRegistrar;
  }
  return std::nullopt;
}

// Whoever delegates to a host below somebody else's domain hears that it has another name (RFC
// 9874): his delegations follow it.
void TellUsers(const Host& before, const Host& after, const Context& context, const WorkingSet& set,
               Changes& changes) {
  const RegistrarKey owner = SponsorOf(before, set);
  for (const RegistrarKey sponsor : set.HostUse(before.key).sponsors) {
    if (sponsor == owner) continue;
    PollMessage message;
    message.registrar = sponsor;
    message.queued = context.now;
    message.text = Concat("The name server ", before.name.text(),
                          " of your domains was renamed to ", after.name.text());
    message.object_name = before.name.text();
    changes.Queue(std::move(message));
  }
}

// An external host has no addresses. A host below a domain of ours has one as soon as it had one,
// and before domains delegate to it; until then it may wait without.
std::optional<Rejection> CheckGlue(const Host& before, const Host& after, const WorkingSet& set) {
  if (IsExternal(after)) {
    if (!after.addresses.empty()) return Reject(kAddressOnExternal);
    return std::nullopt;
  }
  if (!after.addresses.empty()) return std::nullopt;
  if (!before.addresses.empty()) return Reject(kLastAddress);
  const bool renamed = after.name != before.name;
  if (renamed && set.HostUse(before.key).linked()) return Reject(kAddressMissing);
  return std::nullopt;
}

}  // namespace

Needs NeedsOf(const HostUpdate& command) {
  Needs needs;
  needs.Domain(PossibleSuperordinate(command.name), Lock::kNone);
  if (!command.new_name) {
    needs.Host(command.name, Lock::kUpdate);
    return needs;
  }
  needs.hosts.push_back({command.name, Lock::kDelete, /*links=*/true});
  needs.Host(*command.new_name, Lock::kNone);
  needs.Domain(PossibleSuperordinate(*command.new_name), Lock::kReference);
  return needs;
}

Outcome<Applied<Done>> Apply(const HostUpdate& command, const Context& context,
                             const WorkingSet& set) {
  if (IsEmpty(command)) return Reject(kNothingToDo);
  const Host* host = set.FindHost(command.name);
  if (host == nullptr) return Reject(kHostNotFound);
  if (!IsSponsor(context, SponsorOf(*host, set))) return Reject(kNotSponsor);
  if (context.asker != kOperator && UpdateProhibited(host->statuses, command.remove.statuses)) {
    return Reject(kUpdateProhibited);
  }

  Host updated = *host;
  if (command.new_name) {
    auto refused = Rename(updated, *command.new_name, context, set);
    if (refused) return *std::move(refused);
  }
  if (command.unacceptable) return *command.unacceptable;
  const auto statuses =
      ChangeStatuses(host->statuses, command.add.statuses, command.remove.statuses);
  if (!statuses) return statuses.rejection();
  auto addresses =
      ChangeAddresses(host->addresses, command.add.addresses, command.remove.addresses);
  if (!addresses) return addresses.rejection();
  updated.statuses = *statuses;
  updated.addresses = *std::move(addresses);
  if (auto refused = CheckGlue(*host, updated, set)) return *std::move(refused);
  const bool external = IsExternal(updated);
  if (external) updated.ttls = {};  // no zone of ours has its records
  const TldPolicy* zone = external ? nullptr : context.directory.Tld(updated.name.tld());
  if (auto refused = ChooseTtls(command.ttls, zone, updated.ttls)) return *std::move(refused);

  updated.updater = context.asker;
  updated.updated = context.now;
  Changes changes;
  if (command.new_name) TellUsers(*host, updated, context, set, changes);
  changes.Update(*host, std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
