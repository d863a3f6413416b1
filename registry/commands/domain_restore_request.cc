#include "registry/commands/domain_restore_request.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/pricing.h"
#include "registry/rules/registrable_names.h"

namespace registry {

Needs NeedsOf(const DomainRestoreRequest& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kUpdate);
  return needs;
}

Outcome<Applied<DomainRestored>> Apply(const DomainRestoreRequest& command, const Context& context,
                                       const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy || !HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (domain->phase != DomainPhase::kRedemption) return Reject(kNotInRedemption);
  const RestorePrice price = PriceOfRestore(**policy, *domain, context);
  const Money total = price.restore + price.renewal;
  if (auto refused = CheckAgreement(command.agreement, **policy, command.name, total, context)) {
    return *std::move(refused);
  }
  if (!CanPay(context, set, domain->sponsor, total)) return Reject(kBalanceTooLow);

  Domain restored = *domain;
  const bool pending = (*policy)->restore_report_wait > absl::ZeroDuration();
  restored.phase = pending ? DomainPhase::kPendingRestore : DomainPhase::kActive;
  restored.phase_ends =
      pending ? context.now + (*policy)->restore_report_wait : absl::InfiniteFuture();
  if (pending) restored.redemption_ends = domain->phase_ends;
  restored.expires = AddYears(domain->expires, price.years);
  restored.updater = context.asker;
  restored.updated = context.now;

  Applied<DomainRestored> applied;
  applied.answer = {command.name, pending, restored.expires, total};
  applied.changes.Update(*domain, std::move(restored));
  const Domain& after = *applied.changes.domains.back().after;
  applied.changes.Charge(domain->sponsor, price.restore, "restore", after);
  if (price.years > 0) applied.changes.Charge(domain->sponsor, price.renewal, "renew", after);
  return applied;
}

}  // namespace registry
