#include "registry/commands/registrar_create.h"

#include <utility>

namespace registry {

Needs NeedsOf(const RegistrarCreate& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const RegistrarCreate& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (context.directory.Registrar(command.registrar.id) != nullptr) {
    return Reject(kRegistrarExists);
  }

  Registrar registrar = command.registrar;
  registrar.key = kNoRegistrar;
  Changes changes;
  changes.Put(std::move(registrar));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
