#include "registry/commands/poll_acknowledge.h"

#include <algorithm>
#include <utility>

#include "registry/rules/access.h"

namespace registry {

Needs NeedsOf(const PollAcknowledge& command) {
  Needs needs;
  needs.poll_queue = command.registrar;
  needs.poll_message = command.id;
  return needs;
}

Outcome<Applied<PollAcknowledged>> Apply(const PollAcknowledge& command, const Context& context,
                                         const WorkingSet& set) {
  if (!IsSponsor(context, command.registrar)) return Reject(kNotSponsor);
  const WorkingSet::PollQueue& queue = set.Queue(command.registrar);
  if (std::ranges::find(queue.asked, command.id, &PollMessage::id) == queue.asked.end()) {
    return Reject(kMessageNotFound);
  }

  Changes changes;
  changes.RemovePollMessage(command.registrar, command.id);
  return Applied<PollAcknowledged>{{queue.count - 1, command.id}, std::move(changes)};
}

}  // namespace registry
