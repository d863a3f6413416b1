#include "registry/lifecycle/project.h"

#include <algorithm>
#include <utility>

#include "registry/lifecycle/transition.h"
#include "registry/rules/transfers.h"

namespace registry {
namespace {

// Of several that are due at one instant the first goes first: what a grace period covers is final
// before the clock does anything new.
constexpr const Transition* kTransitions[] = {&kEndOfGrace,   &kAutoRenew,       &kTransferApproval,
                                              &kEndOfRestore, &kEndOfRedemption, &kPurge};

absl::Time Due(const Transition* transition, const Domain& domain) {
  return transition->due(domain);
}

const Transition* Next(const Domain& domain) {
  return *std::ranges::min_element(
      kTransitions, {}, [&](const Transition* transition) { return Due(transition, domain); });
}

}  // namespace

Projection Project(Domain row, absl::Time now, const Directory& directory) {
  // A domain whose TLD has no policy (any more) stays as it is.
  const TldPolicy* policy = directory.Tld(directory.bundles().PrimaryTld(row.name.tld()));
  Projection projection{std::move(row), {}};
  if (policy == nullptr) return projection;
  while (projection.domain) {
    const Transition* next = Next(*projection.domain);
    const absl::Time at = Due(next, *projection.domain);
    if (now < at || at == absl::InfiniteFuture()) break;
    Changes changes = next->apply(*projection.domain, at, *policy);
    for (Change<Domain>& change : changes.domains) change.happened = at;
    for (LedgerEntry& entry : changes.ledger) entry.happened = at;
    projection.domain = changes.domains.back().after;
    projection.arrears.Append(std::move(changes));
  }
  return projection;
}

absl::Time NextEvent(const Domain& row) { return Due(Next(row), row); }

ContactProjection Project(Contact row, absl::Time now) {
  const absl::Time at = NextEvent(row);
  ContactProjection projection{std::move(row), {}};
  if (now < at || at == absl::InfiniteFuture()) return projection;
  projection.arrears =
      EndTransfer(projection.contact, TransferState::kServerApproved, at, kLifecycle);
  for (Change<Contact>& change : projection.arrears.contacts) change.happened = at;
  projection.contact = *projection.arrears.contacts.back().after;
  return projection;
}

absl::Time NextEvent(const Contact& row) {
  return IsPending(row.transfer) ? row.transfer->acted : absl::InfiniteFuture();
}

}  // namespace registry
