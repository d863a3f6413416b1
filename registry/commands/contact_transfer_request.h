#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/authorization.h"
#include "registry/rules/reasons.h"

namespace registry {

// <contact:transfer op="request">, RFC 5733 section 3.2.4: the asker wants to become the sponsor.
// The answer comes with 1001; the sponsor decides (contact_transfer_decision.h), or the clock
// approves.
struct ContactTransferRequest {
  ContactId id;
  std::optional<Credential> credential;
};

struct ContactTransferAnswer {
  ContactId id;
  Transfer transfer;
};

inline constexpr std::array kContactTransferRequestReasons = {
    kAuthInfoMissing, kContactNotFound,   kRegistrarOnly,     kWrongAuthInfo,
    kAlreadySponsor,  kTransferIsPending, kTransferProhibited};

Needs NeedsOf(const ContactTransferRequest& command);
Outcome<Applied<ContactTransferAnswer>> Apply(const ContactTransferRequest& command,
                                              const Context& context, const WorkingSet& set);

}  // namespace registry
