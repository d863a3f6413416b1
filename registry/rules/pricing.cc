#include "registry/rules/pricing.h"

namespace registry {

Money CreateFee(const TldPolicy& policy, const DomainName& /*name*/, Years period) {
  return policy.create_fee * period.count();
}

Money RenewFee(const TldPolicy& policy, const DomainName& /*name*/, Years period) {
  return policy.renew_fee * period.count();
}

Money TransferFee(const TldPolicy& policy, const DomainName& /*name*/, Years period) {
  return policy.transfer_fee * period.count();
}

bool CanPay(const Context& context, const WorkingSet& set, RegistrarKey registrar, Money fee) {
  if (context.asker == kOperator) return true;
  const Registrar* payer = context.directory.Registrar(registrar);
  return payer != nullptr && set.Balance(registrar) + payer->credit_limit >= fee;
}

}  // namespace registry
