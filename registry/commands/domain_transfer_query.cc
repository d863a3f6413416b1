#include "registry/commands/domain_transfer_query.h"

#include "registry/rules/access.h"
#include "registry/rules/transfers.h"

namespace registry {

Needs NeedsOf(const DomainTransferQuery& command) {
  Needs needs;
  const bool details = command.credential && !command.credential->owner.empty();
  needs.domains.push_back({command.name, Lock::kNone, details, /*subordinates=*/false});
  return needs;
}

Outcome<DomainTransferAnswer> Apply(const DomainTransferQuery& command, const Context& context,
                                    const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (command.credential && !Opens(*command.credential, *domain, context, set)) {
    return Reject(kWrongAuthInfo);
  }
  if (!command.credential && !IsSponsor(context, domain->sponsor) &&
      !IsParty(domain->transfer, context)) {
    return Reject(kNotParty);
  }
  if (!domain->transfer) return Reject(kNeverTransferred);
  return DomainTransferAnswer{command.name, *domain->transfer};
}

}  // namespace registry
