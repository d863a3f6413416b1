#include "registry/commands/domain_transfer_request.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/pricing.h"
#include "registry/rules/registrable_names.h"
#include "registry/rules/statuses.h"
#include "registry/rules/transfers.h"

namespace registry {
namespace {

Transfer NewTransfer(const DomainTransferRequest& command, const Domain& domain,
                     const Context& context, const TldPolicy& policy) {
  Transfer transfer;
  transfer.gaining = context.asker;
  transfer.losing = domain.sponsor;
  transfer.requested = context.now;
  transfer.acted = context.now + policy.transfer_wait;
  transfer.years = command.period.count();
  transfer.fee = TransferFee(policy, domain.name, command.period);
  transfer.expires = ExpiryAfterTransfer(domain, transfer.years, transfer.acted);
  return transfer;
}

}  // namespace

Needs NeedsOf(const DomainTransferRequest& command) {
  Needs needs;
  // The contacts, one of whom the authInfo may belong to.
  const bool details = command.credential && !command.credential->owner.empty();
  needs.domains.push_back({command.name, Lock::kUpdate, details, /*subordinates=*/false});
  return needs;
}

Outcome<Applied<DomainTransferAnswer>> Apply(const DomainTransferRequest& command,
                                             const Context& context, const WorkingSet& set) {
  if (!command.credential) return Reject(kAuthInfoMissing);
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (context.directory.Registrar(context.asker) == nullptr) return Reject(kRegistrarOnly);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy || !HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (!Opens(*command.credential, *domain, context, set)) return Reject(kWrongAuthInfo);
  if (domain->sponsor == context.asker) return Reject(kAlreadySponsor);
  if (IsPending(domain->transfer)) return Reject(kTransferIsPending);
  if (Prohibits(*domain, Operation::kTransfer)) return Reject(kTransferProhibited);

  Domain updated = *domain;
  updated.transfer = NewTransfer(command, *domain, context, **policy);
  const Transfer& transfer = *updated.transfer;
  if (*transfer.expires > AddYears(context.now, (*policy)->longest_years)) {
    return Reject(kTooFarAhead);
  }
  if (auto refused =
          CheckAgreement(command.agreement, **policy, command.name, transfer.fee, context)) {
    return *std::move(refused);
  }
  if (!CanPay(context, set, context.asker, transfer.fee)) return Reject(kBalanceTooLow);
  updated.updater = context.asker;
  updated.updated = context.now;

  DomainTransferAnswer answer{command.name, transfer};
  Changes changes;
  changes.Queue(TransferRequested(updated));
  changes.Update(*domain, std::move(updated));
  changes.Charge(context.asker, answer.transfer.fee, "transfer", *changes.domains.back().after);
  return Applied<DomainTransferAnswer>{std::move(answer), std::move(changes),
                                       ResultCode::kOkPending};
}

}  // namespace registry
