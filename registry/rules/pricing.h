#pragma once

#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/tld_policy.h"
#include "registry/model/working_set.h"
#include "registry/types/money.h"
#include "registry/types/years.h"

namespace registry {

Money CreateFee(const TldPolicy& policy, const DomainName& name, Years period);
Money RenewFee(const TldPolicy& policy, const DomainName& name, Years period);
Money TransferFee(const TldPolicy& policy, const DomainName& name, Years period);

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
