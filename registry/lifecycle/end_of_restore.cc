#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/transition.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return domain.phase == DomainPhase::kPendingRestore ? domain.phase_ends : absl::InfiniteFuture();
}

// Back to what is left of the redemption. If that is over by now, the next transition follows at
// this same instant.
Changes ReturnToRedemption(const Domain& domain, absl::Time at, const TldPolicy& /*policy*/) {
  Domain after = domain;
  after.phase = DomainPhase::kRedemption;
  after.phase_ends = std::max(at, domain.redemption_ends.value_or(at));
  after.redemption_ends.reset();
  after.updater = kLifecycle;
  after.updated = at;
  Changes changes;
  changes.Update(domain, std::move(after));
  PollMessage message;
  message.registrar = domain.sponsor;
  message.queued = at;
  message.text = Concat("The restore of the domain ", domain.name.text(),
                        " was not reported in time: it is in redemption again");
  message.object_name = domain.name.text();
  changes.Queue(std::move(message));
  return changes;
}

}  // namespace

const Transition kEndOfRestore{Due, ReturnToRedemption};

}  // namespace registry
