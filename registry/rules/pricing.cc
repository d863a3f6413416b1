#include "registry/rules/pricing.h"

#include <string>

namespace registry {

NamePrices PricesOf(const TldPolicy& policy, std::string_view premium_class) {
  const NamePrices standard{
      {}, policy.create_fee, policy.renew_fee, policy.transfer_fee, policy.restore_fee};
  if (premium_class.empty()) return standard;
  const auto of_class = policy.premium_classes.find(std::string(premium_class));
  if (of_class == policy.premium_classes.end()) return standard;
  const TldPolicy::Prices& prices = of_class->second;
  return {of_class->first, prices.create, prices.renew, prices.transfer, prices.restore};
}

bool IsPremium(const TldPolicy& policy, std::string_view premium_class) {
  return !PricesOf(policy, premium_class).premium_class.empty();
}

Money CreateFee(const TldPolicy& policy, std::string_view premium_class, Years period) {
  return PricesOf(policy, premium_class).create * period.count();
}

Money RenewFee(const TldPolicy& policy, const Domain& domain, Years period) {
  return PricesOf(policy, domain.premium_class).renew * period.count();
}

RestorePrice PriceOfRestore(const TldPolicy& policy, const Domain& domain, const Context& context) {
  RestorePrice price;
  while (AddYears(domain.expires, price.years) <= context.now) ++price.years;
  if (context.asker == kOperator) return price;
  const NamePrices prices = PricesOf(policy, domain.premium_class);
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
