#pragma once

#include <optional>
#include <string_view>

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/tld_policy.h"
#include "registry/model/working_set.h"
#include "registry/types/money.h"
#include "registry/types/years.h"

namespace registry {

// The fees of a premium class, or of the TLD where there is none, or none of that name any more.
struct NamePrices {
  std::string_view premium_class;          // empty: none. In the policy's memory
  Money create, renew, transfer, restore;  // a year, but the last
};
NamePrices PricesOf(const TldPolicy& policy, std::string_view premium_class);
bool IsPremium(const TldPolicy& policy, std::string_view premium_class);

Money CreateFee(const TldPolicy& policy, std::string_view premium_class, Years period);
// A domain has the class that it was created with.
Money RenewFee(const TldPolicy& policy, const Domain& domain, Years period);

// Of a domain in redemption. One whose expiry has passed is renewed for as many `years` as it
// takes. The operator pays nothing.
struct RestorePrice {
  Money restore;
  int years = 0;
  Money renewal;
};
RestorePrice PriceOfRestore(const TldPolicy& policy, const Domain& domain, const Context& context);

// Whether the registrar's balance and credit cover the fee. The operator pays nothing.
bool CanPay(const Context& context, const WorkingSet& set, RegistrarKey registrar, Money fee);

}  // namespace registry
