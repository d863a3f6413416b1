#include "registry/commands/contact_materialize.h"

namespace registry {

Needs NeedsOf(const ContactMaterialize& command) {
  Needs needs;
  needs.contact_keys.push_back(command.contact);
  needs.contact_keys_lock = Lock::kUpdate;
  return needs;
}

Outcome<Applied<Done>> Apply(const ContactMaterialize& command, const Context& context,
                             const WorkingSet& set) {
  if (context.asker != kLifecycle && context.asker != kOperator) return Reject(kOperatorOnly);
  Applied<Done> applied;
  if (const Changes* arrears = set.Arrears(command.contact)) applied.changes = *arrears;
  return applied;
}

}  // namespace registry
