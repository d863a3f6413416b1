#include "registry/rules/superordinate_domain.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "registry/rules/access.h"
#include "registry/rules/reasons.h"
#include "registry/rules/registrable_names.h"

namespace registry {

DomainName PossibleSuperordinate(const DomainName& host) {
  std::vector<DomainName> ancestors = host.Ancestors();
  return ancestors.empty() ? host : std::move(ancestors.back());
}

Outcome<const Domain*> FindSuperordinate(const DomainName& host, const Context& context,
                                         const WorkingSet& set) {
  const DomainName name = SuperordinateName(host, context.directory);
  if (name.empty()) return nullptr;
  const Domain* domain = set.Find(name);
  if (domain == nullptr) return Reject(kSuperordinateNotFound, name.text());
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor, name.text());
  if (domain->phase != DomainPhase::kActive) {
    return Reject(kSuperordinatePendingDelete, name.text());
  }
  return domain;
}

RegistrarKey SponsorOf(const Host& host, const WorkingSet& set) {
  if (host.superordinate == DomainKey{}) return host.sponsor;
  const Domain* domain = set.Find(host.superordinate);
  return domain == nullptr ? kNoRegistrar : domain->sponsor;
}

Host WithSponsor(const Host& host, const WorkingSet& set) {
  Host shown = host;
  shown.sponsor = SponsorOf(host, set);
  const Domain* domain = set.Find(host.superordinate);
  if (domain != nullptr &&
      domain->transferred > std::max(host.transferred, std::optional(host.created))) {
    shown.transferred = domain->transferred;
  }
  return shown;
}

}  // namespace registry
