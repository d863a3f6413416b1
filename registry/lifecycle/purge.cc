#include "registry/lifecycle/transition.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return domain.phase == DomainPhase::kPendingDelete ? domain.phase_ends : absl::InfiniteFuture();
}

Changes Purge(const Domain& domain, absl::Time at, const TldPolicy& /*policy*/) {
  Changes changes;
  changes.Delete(domain);
  changes.Queue({0, domain.sponsor, at, "The domain was purged", domain.name.text()});
  return changes;
}

}  // namespace

const Transition kPurge{Due, Purge};

}  // namespace registry
