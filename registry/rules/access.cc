#include "registry/rules/access.h"

#include "registry/rules/reasons.h"

namespace registry {

std::optional<Rejection> Admit(const Context& context) {
  const RegistrarKey asker = context.asker;
  if (asker == kOperator || asker == kLifecycle || asker == kPublic) return std::nullopt;
  const Registrar* registrar = context.directory.Registrar(asker);
  if (registrar == nullptr || registrar->suspended) return Reject(kRegistrarSuspended);
  return std::nullopt;
}

bool IsSponsor(const Context& context, RegistrarKey sponsor) {
  return context.asker == kOperator || context.asker == sponsor;
}

bool HasAccess(const Context& context, std::string_view tld) {
  if (context.asker == kOperator) return true;
  const Registrar* registrar = context.directory.Registrar(context.asker);
  return registrar != nullptr && registrar->MaySell(tld);
}

}  // namespace registry
