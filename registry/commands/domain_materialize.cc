#include "registry/commands/domain_materialize.h"

namespace registry {

Needs NeedsOf(const DomainMaterialize& command) {
  Needs needs;
  needs.domain_keys.push_back(command.domain);
  needs.domain_keys_lock = Lock::kDelete;  // it may be due to be purged
  return needs;
}

Outcome<Applied<Done>> Apply(const DomainMaterialize& command, const Context& context,
                             const WorkingSet& set) {
  if (context.asker != kLifecycle && context.asker != kOperator) return Reject(kOperatorOnly);
  Applied<Done> applied;
  if (const Changes* arrears = set.Arrears(command.domain)) applied.changes = *arrears;
  return applied;
}

}  // namespace registry
