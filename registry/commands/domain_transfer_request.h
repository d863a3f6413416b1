#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/fee_agreement.h"
#include "registry/rules/reasons.h"
#include "registry/types/given_token.h"
#include "registry/types/years.h"

namespace registry {

// <domain:transfer op="request">, RFC 5731 section 3.2.4: the asker wants to become the sponsor.
// The answer comes with 1001; the sponsor decides (domain_transfer_decision.h), or the clock
// approves (lifecycle/transfer_approval.cc). The fee is held back until then.
struct DomainTransferRequest {
  DomainName name;
  Years period;
  std::optional<Credential> credential;
  std::optional<FeeAgreement> agreement;
  std::optional<GivenToken> token;  // RFC 8495 section 3.2.4
};

struct DomainTransferAnswer {
  DomainName name;
  Transfer transfer;
};

inline constexpr std::array kDomainTransferRequestReasons = {
    kAuthInfoMissing, kDomainNotFound,     kRegistrarOnly,     kTldNotAllowed,      kWrongAuthInfo,
    kTokenMismatch,   kAlreadySponsor,     kTransferIsPending, kTransferProhibited, kTooFarAhead,
    kFeeMissing,      kCurrencyNotOffered, kFeeTooLow,         kBalanceTooLow};

Needs NeedsOf(const DomainTransferRequest& command);
Outcome<Applied<DomainTransferAnswer>> Apply(const DomainTransferRequest& command,
                                             const Context& context, const WorkingSet& set);

}  // namespace registry
