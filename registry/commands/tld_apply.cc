#include "registry/commands/tld_apply.h"

#include <utility>

#include "registry/rules/idn.h"

namespace registry {

Needs NeedsOf(const TldApply& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const TldApply& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (auto refused = CheckIdnTables(command.policy, context.directory)) return *std::move(refused);
  Changes changes;
  changes.Put(command.policy);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
