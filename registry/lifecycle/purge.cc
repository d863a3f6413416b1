#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/transition.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return domain.phase == DomainPhase::kPendingDelete ? domain.phase_ends : absl::InfiniteFuture();
}

Changes Purge(const Domain& domain, absl::Time at, const TldPolicy& /*policy*/) {
  Changes changes;
  changes.Delete(domain);
  PollMessage message;
  message.registrar = domain.sponsor;
  message.queued = at;
  message.text = Concat("The domain ", domain.name.text(), " was purged");
  message.object_name = domain.name.text();
  message.notice = PollMessage::Notice::kPurged;
  message.domain = domain.key;
  changes.Queue(std::move(message));
  return changes;
}

}  // namespace

const Transition kPurge{Due, Purge};

}  // namespace registry
