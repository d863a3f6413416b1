#include "registry/commands/domain_transfer_decision.h"

#include <utility>

#include "registry/rules/registrable_names.h"

namespace registry {

Needs NeedsOf(const DomainTransferDecision& command) {
  Needs needs;
  const bool details = command.credential && !command.credential->owner.empty();
  needs.domains.push_back({command.name, Lock::kUpdate, details, /*subordinates=*/false});
  return needs;
}

Outcome<Applied<DomainTransferAnswer>> Apply(const DomainTransferDecision& command,
                                             const Context& context, const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy) return Reject(kDomainNotFound);
  if (!IsPending(domain->transfer)) return Reject(kNoTransferPending);
  if (auto refused = MayDecide(*domain->transfer, command.decision, context)) {
    return *std::move(refused);
  }
  if (command.credential && !Opens(*command.credential, *domain, context, set)) {
    return Reject(kWrongAuthInfo);
  }
  Applied<DomainTransferAnswer> applied;
  applied.changes = EndTransfer(*domain, StateAfter(command.decision, context), context.now,
                                context.asker, **policy);
  applied.answer = {command.name, *applied.changes.domains.back().after->transfer};
  return applied;
}

}  // namespace registry
