#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/commands/contact_transfer_request.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"
#include "registry/rules/transfers.h"

namespace registry {

// <contact:transfer> with op approve, reject or cancel, RFC 5733 section 3.2.4: the sponsor
// approves or rejects, whoever asked for it cancels. The operator passes as either.
struct ContactTransferDecision {
  ContactId id;
  TransferDecision decision = TransferDecision::kApprove;
  std::optional<Credential> credential;  // may be left out
};

inline constexpr std::array kContactTransferDecisionReasons = {
    kContactNotFound, kNoTransferPending, kNotSponsor, kNotGaining, kWrongAuthInfo};

Needs NeedsOf(const ContactTransferDecision& command);
Outcome<Applied<ContactTransferAnswer>> Apply(const ContactTransferDecision& command,
                                              const Context& context, const WorkingSet& set);

}  // namespace registry
