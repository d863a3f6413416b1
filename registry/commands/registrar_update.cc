#include "registry/commands/registrar_update.h"

#include <utility>

namespace registry {
namespace {

// `record`, but with what an update cannot change.
Registrar Replaced(const Registrar& current, Registrar record) {
  record.key = current.key;
  record.id = current.id;
  record.suspended = current.suspended;
  record.password_hash = current.password_hash;
  return record;
}

}  // namespace

Needs NeedsOf(const RegistrarUpdate& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const RegistrarUpdate& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (!command.record && !command.suspended) return Reject(kNothingToDo);
  const Registrar* current = context.directory.Registrar(command.id);
  if (current == nullptr) return Reject(kRegistrarNotFound);

  Registrar updated = command.record ? Replaced(*current, *command.record) : *current;
  updated.suspended = command.suspended.value_or(current->suspended);
  Changes changes;
  changes.Put(std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
