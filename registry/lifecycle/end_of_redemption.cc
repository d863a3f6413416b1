#include <utility>

#include "registry/lifecycle/transition.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return domain.phase == DomainPhase::kRedemption ? domain.phase_ends : absl::InfiniteFuture();
}

Changes BeginPendingDelete(const Domain& domain, absl::Time at, const TldPolicy& policy) {
  Domain after = domain;
  after.phase = DomainPhase::kPendingDelete;
  after.phase_ends = at + policy.pending_delete;
  after.updater = kLifecycle;
  after.updated = at;
  Changes changes;
  changes.Update(domain, std::move(after));
  return changes;
}

}  // namespace

const Transition kEndOfRedemption{Due, BeginPendingDelete};

}  // namespace registry
