#include "registry/commands/domain_delete.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/registrable_names.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

// Whoever just registered the name may undo it, whatever he did with it since. One who got it by a
// transfer did not register it.
bool IsUndone(const Domain& domain, absl::Time now) {
  return InAddGrace(domain, now) && !domain.transferred;
}

// Deleted, but kept for `redemption`. What it refers to stays linked, for it can be restored.
Domain InRedemption(const Domain& domain, const Context& context, const TldPolicy& policy) {
  Domain deleted = domain;
  deleted.phase = DomainPhase::kRedemption;
  deleted.phase_ends = context.now + policy.redemption;
  deleted.expires = ExpiryWithoutGracePeriods(domain, context.now);
  deleted.grace.clear();
  deleted.updater = context.asker;
  deleted.updated = context.now;
  return deleted;
}

}  // namespace

Needs NeedsOf(const DomainDelete& command) {
  Needs needs;
  needs.domains.push_back({command.name, Lock::kDelete, /*details=*/false, /*subordinates=*/true});
  return needs;
}

// The statuses bind the operator too: pendingDelete goes with none that prohibits deletion (RFC
// 5731 section 2.3). He can take them away first.
Outcome<Applied<DomainDeleted>> Apply(const DomainDelete& command, const Context& context,
                                      const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy || !HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (Prohibits(*domain, Operation::kDelete)) return Reject(kDeleteProhibited);
  if (const auto hosts = set.HostsBelow(domain->key); !hosts.empty()) {
    return Reject(kHasSubordinates, hosts.front()->name.text());
  }

  Changes changes;
  RefundGracePeriods(*domain, context.now, changes);
  DomainDeleted answer{command.name, {}};
  for (const LedgerEntry& entry : changes.ledger) {
    if (entry.registrar == context.asker) answer.credits.push_back({entry.what, entry.amount});
  }
  if (IsUndone(*domain, context.now)) {
    changes.Delete(*domain);
    return Applied<DomainDeleted>{std::move(answer), std::move(changes)};
  }
  changes.Update(*domain, InRedemption(*domain, context, **policy));
  return Applied<DomainDeleted>{std::move(answer), std::move(changes), ResultCode::kOkPending};
}

}  // namespace registry
