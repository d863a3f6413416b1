#include "registry/commands/registrar_create.h"

#include <utility>

#include "registry/rules/registrar_record.h"

namespace registry {

Needs NeedsOf(const RegistrarCreate& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const RegistrarCreate& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (auto refused = CheckRegistrarId(command.registrar.id, context.directory)) return *refused;
  if (auto refused = CheckRegistrar(command.registrar, nullptr, context.directory)) return *refused;

  Registrar registrar = command.registrar;
  registrar.key = kNoRegistrar;
  registrar.password_set = context.now;
  Changes changes;
  changes.Put(std::move(registrar));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
