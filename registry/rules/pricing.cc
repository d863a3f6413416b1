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

RestorePrice PriceOfRestore(const TldPolicy& policy, const Domain& domain, const Context& context) {
  RestorePrice price;
  while (AddYears(domain.expires, price.years) <= context.now) ++price.years;
  if (context.asker == kOperator) return price;
  price.restore = policy.restore_fee;
  price.renewal = policy.renew_fee * price.years;
  return price;
}

bool CanPay(const Context& context, const WorkingSet& set, RegistrarKey registrar, Money fee) {
  if (context.asker == kOperator) return true;
  const Registrar* payer = context.directory.Registrar(registrar);
  return payer != nullptr && set.Balance(registrar) + payer->credit_limit >= fee;
}

}  // namespace registry
