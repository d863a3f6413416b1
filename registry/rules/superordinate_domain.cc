#include "registry/rules/superordinate_domain.h"

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

}  // namespace registry
