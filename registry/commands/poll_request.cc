#include "registry/commands/poll_request.h"

#include "registry/rules/access.h"

namespace registry {

Needs NeedsOf(const PollRequest& command) {
  Needs needs;
  needs.poll_queue = command.registrar;
  return needs;
}

Outcome<PollAnswer> Apply(const PollRequest& command, const Context& context,
                          const WorkingSet& set) {
  if (!IsSponsor(context, command.registrar)) return Reject(kNotSponsor);
  const WorkingSet::PollQueue& queue = set.Queue(command.registrar);
  return PollAnswer{queue.count, queue.oldest};
}

}  // namespace registry
