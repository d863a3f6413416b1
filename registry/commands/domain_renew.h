#pragma once

#include <array>
#include <optional>

#include "absl/time/civil_time.h"
#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/fee_agreement.h"
#include "registry/rules/reasons.h"
#include "registry/types/years.h"

namespace registry {

// <domain:renew>, RFC 5731 section 3.2.3.
struct DomainRenew {
  DomainName name;
  absl::CivilDay current_expiry;  // UTC, as the registrar believes it
  Years period;
  std::optional<FeeAgreement> agreement;
};

struct DomainRenewed {
  DomainName name;
  absl::Time expires;
  Money charged;
};

// Checked in this order; the first that applies is the answer.
inline constexpr std::array kDomainRenewReasons = {
    kDomainNotFound, kNotSponsor, kTldNotAllowed,      kRenewProhibited, kExpiryMismatch,
    kTooFarAhead,    kFeeMissing, kCurrencyNotOffered, kFeeTooLow,       kBalanceTooLow};

Needs NeedsOf(const DomainRenew& command);
Outcome<Applied<DomainRenewed>> Apply(const DomainRenew& command, const Context& context,
                                      const WorkingSet& set);

}  // namespace registry
