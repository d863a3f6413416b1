#include "registry/rules/fee_agreement.h"

#include "registry/rules/reasons.h"

namespace registry {

std::optional<Rejection> CheckAgreement(const std::optional<FeeAgreement>& agreement, bool premium,
                                        Money fee, const Context& context) {
  if (!agreement) {
    if (premium && context.asker != kOperator) return Reject(kFeeMissing, FormatMoney(fee));
    return std::nullopt;
  }
  if (!agreement->currency.empty() && agreement->currency != context.directory.settings.currency) {
    return Reject(kCurrencyNotOffered, context.directory.settings.currency);
  }
  if (agreement->most < fee) return Reject(kFeeTooLow, FormatMoney(fee));
  return std::nullopt;
}

}  // namespace registry
