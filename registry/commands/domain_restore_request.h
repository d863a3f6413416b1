#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/fee_agreement.h"
#include "registry/rules/reasons.h"

namespace registry {

// <rgp:restore op="request">, RFC 3915 section 4.2.5: out of redemption. The domain is delegated
// again at once and waits for the report (domain_restore_report.h), or is active at once where the
// TLD wants none. One whose expiry has passed meanwhile is renewed.
struct DomainRestoreRequest {
  DomainName name;
  std::optional<FeeAgreement> agreement;
};

struct DomainRestored {
  DomainName name;
  bool pending = false;  // a report is due
  absl::Time expires;
  Money charged;
};

inline constexpr std::array kDomainRestoreRequestReasons = {
    kDomainNotFound, kNotSponsor,         kTldNotAllowed, kNotInRedemption,
    kFeeMissing,     kCurrencyNotOffered, kFeeTooLow,     kBalanceTooLow};

Needs NeedsOf(const DomainRestoreRequest& command);
Outcome<Applied<DomainRestored>> Apply(const DomainRestoreRequest& command, const Context& context,
                                       const WorkingSet& set);

}  // namespace registry
