#include "registry/lifecycle/transition.h"
#include "registry/rules/transfers.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return IsPending(domain.transfer) ? domain.transfer->acted : absl::InfiniteFuture();
}

Changes Approve(const Domain& domain, absl::Time at, const TldPolicy& policy) {
  return EndTransfer(domain, TransferState::kServerApproved, at, kLifecycle, policy);
}

}  // namespace

const Transition kTransferApproval{Due, Approve};

}  // namespace registry
