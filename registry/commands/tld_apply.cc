#include "registry/commands/tld_apply.h"

#include <utility>

namespace registry {

Needs NeedsOf(const TldApply& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const TldApply& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  Changes changes;
  changes.Put(command.policy);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
