#include <algorithm>
#include <utility>

#include "registry/lifecycle/transition.h"
#include "registry/rules/grace_periods.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  absl::Time first = absl::InfiniteFuture();
  for (const GracePeriod& grace : domain.grace) first = std::min(first, grace.ends);
  return first;
}

Changes Drop(const Domain& domain, absl::Time at, const TldPolicy& /*policy*/) {
  Domain after = domain;
  DropEndedGracePeriods(after, at);
  Changes changes;
  changes.Update(domain, std::move(after));
  return changes;
}

}  // namespace

const Transition kEndOfGrace{Due, Drop};

}  // namespace registry
