#include "registry/commands/host_create.h"

#include <utility>

#include "registry/rules/host_addresses.h"
#include "registry/rules/record_ttls.h"
#include "registry/rules/registrable_names.h"
#include "registry/rules/superordinate_domain.h"

namespace registry {

Needs NeedsOf(const HostCreate& command) {
  Needs needs;
  needs.Domain(PossibleSuperordinate(command.name), Lock::kReference);
  needs.Host(command.name, Lock::kNone);
  return needs;
}

Outcome<Applied<HostCreated>> Apply(const HostCreate& command, const Context& context,
                                    const WorkingSet& set) {
  const bool external = SuperordinateName(command.name, context.directory).empty();
  if (!external && command.addresses.empty()) return Reject(kAddressMissing);
  if (set.FindHost(command.name) != nullptr) return Reject(kHostExists);
  const Outcome<const Domain*> superordinate = FindSuperordinate(command.name, context, set);
  if (!superordinate) return superordinate.rejection();
  if (external && context.directory.Registrar(context.asker) == nullptr) {
    return Reject(kRegistrarOnly);
  }
  if (external && !command.addresses.empty()) return Reject(kAddressOnExternal);
  auto addresses = ChangeAddresses({}, command.addresses, {});
  if (!addresses) return addresses.rejection();

  Host host;
  host.key = HostKey{context.number};
  host.name = command.name;
  host.sponsor = external ? context.asker : kNoRegistrar;
  host.creator = context.asker;
  host.created = context.now;
  host.addresses = *std::move(addresses);
  if (!external) host.superordinate = (*superordinate)->key;
  const TldPolicy* zone = external ? nullptr : context.directory.Tld(host.name.tld());
  if (auto refused = ChooseTtls(command.ttls, zone, host.ttls)) return *std::move(refused);

  HostCreated answer{host.name, host.created};
  Changes changes;
  changes.Insert(std::move(host));
  return Applied<HostCreated>{std::move(answer), std::move(changes)};
}

}  // namespace registry
