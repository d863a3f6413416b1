#include "registry/commands/domain_renew.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/pricing.h"
#include "registry/rules/registrable_names.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

// The operator renews for nothing.
Money FeeFor(const DomainRenew& command, const Context& context, const TldPolicy& policy) {
  if (context.asker == kOperator) return Money{};
  return RenewFee(policy, command.name, command.period);
}

}  // namespace

Needs NeedsOf(const DomainRenew& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kUpdate);
  return needs;
}

Outcome<Applied<DomainRenewed>> Apply(const DomainRenew& command, const Context& context,
                                      const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy || !HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (Prohibits(*domain, Operation::kRenew)) return Reject(kRenewProhibited);
  if (UtcDay(domain->expires) != command.current_expiry) return Reject(kExpiryMismatch);
  const absl::Time expires = AddYears(domain->expires, command.period);
  if (expires > AddYears(context.now, (*policy)->longest_years)) return Reject(kTooFarAhead);
  const Money fee = FeeFor(command, context, **policy);
  if (auto refused = CheckAgreement(command.agreement, **policy, command.name, fee, context)) {
    return *std::move(refused);
  }
  if (!CanPay(context, set, domain->sponsor, fee)) return Reject(kBalanceTooLow);

  Domain renewed = *domain;
  renewed.expires = expires;
  renewed.grace.push_back({GraceKind::kRenew, context.now + (*policy)->renew_grace, fee,
                           domain->sponsor, command.period.count()});
  renewed.updater = context.asker;
  renewed.updated = context.now;
  Changes changes;
  changes.Update(*domain, std::move(renewed));
  changes.Charge(domain->sponsor, fee, "renew", *changes.domains.back().after);
  return Applied<DomainRenewed>{{command.name, expires, fee}, std::move(changes)};
}

}  // namespace registry
