#pragma once

#include <optional>
#include <string>

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/types/money.h"

namespace registry {

// What a registrar is prepared to pay for a command, RFC 8748 section 3.4.
struct FeeAgreement {
  std::string currency;  // empty: whatever the registry's is
  Money most;            // the sum of what was named
};

// Whether the fee may be charged. A premium name's has to be agreed to; where a sum is named it has
// to be enough. More is fine: the fee is charged, not the sum. kFeeMissing, kCurrencyNotOffered,
// kFeeTooLow. The operator, who pays nothing, agrees to everything.
std::optional<Rejection> CheckAgreement(const std::optional<FeeAgreement>& agreement, bool premium,
                                        Money fee, const Context& context);

}  // namespace registry
