#include "registry/rules/pricing.h"

#include <string>

namespace registry {

NamePrices PricesOf(const TldPolicy& policy, const DomainName& name) {
  const NamePrices standard{
      {}, policy.create_fee, policy.renew_fee, policy.transfer_fee, policy.restore_fee};
  if (policy.premium.empty()) return standard;
  const auto premium = policy.premium.find(std::string(name.label()));
  if (premium == policy.premium.end()) return standard;
  const auto of_class = policy.premium_classes.find(premium->second);
  if (of_class == policy.premium_classes.end()) return standard;
  const TldPolicy::Prices& prices = of_class->second;
  return {of_class->first, prices.create, prices.renew, prices.transfer, prices.restore};
}

bool IsPremium(const TldPolicy& policy, const DomainName& name) {
  return !PricesOf(policy, name).premium_class.empty();
}

Money CreateFee(const TldPolicy& policy, const DomainName& name, Years period) {
  return PricesOf(policy, name).create * period.count();
}

Money RenewFee(const TldPolicy& policy, const DomainName& name, Years period) {
  return PricesOf(policy, name).renew * period.count();
}

Money TransferFee(const TldPolicy& policy, const DomainName& name, Years period) {
  return PricesOf(policy, name).transfer * period.count();
}

RestorePrice PriceOfRestore(const TldPolicy& policy, const Domain& domain, const Context& context) {
  RestorePrice price;
  while (AddYears(domain.expires, price.years) <= context.now) ++price.years;
  if (context.asker == kOperator) return price;
  const NamePrices prices = PricesOf(policy, domain.name);
  price.restore = prices.restore;
  price.renewal = prices.renew * price.years;
  return price;
}

bool CanPay(const Context& context, const WorkingSet& set, RegistrarKey registrar, Money fee) {
  if (context.asker == kOperator) return true;
  const Registrar* payer = context.directory.Registrar(registrar);
  return payer != nullptr && set.Balance(registrar) + payer->credit_limit >= fee;
}

}  // namespace registry
