#pragma once

#include <optional>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/base/rare.h"
#include "registry/model/changes.h"
#include "registry/model/contact.h"
#include "registry/model/context.h"
#include "registry/model/domain.h"
#include "registry/model/tld_policy.h"

// What becomes of a transfer: the same whether a registrar, the operator or the clock decides it.
namespace registry {

// How a pending transfer can be ended by a command, RFC 5730 section 3.4 (`op`).
enum class TransferDecision { kApprove, kReject, kCancel };

// The state that the decision leads to: the operator's are the server's.
TransferState StateAfter(TransferDecision decision, const Context& context);

// Whether the asker may decide so: kNotSponsor, kNotGaining. The operator may.
std::optional<Rejection> MayDecide(const Transfer& transfer, TransferDecision decision,
                                   const Context& context);
// Whether the asker is one of the two registrars of the transfer.
bool IsParty(const Rare<Transfer>& transfer, const Context& context);

// The expiry that a transfer completed at `at` leaves. In the auto-renew grace period the years
// bought stand in the place of the automatic one (RFC 3915 section 3.1), which is given back.
absl::Time ExpiryAfterTransfer(const Domain& domain, int years, absl::Time at);

// Ends the pending transfer in one of the states other than kPending, at `at`, by `actor`.
// Approved: the sponsor changes, the authInfo is cleared (RFC 9154 section 4.5), the grace periods
// of the losing registrar are over and that of the transfer begins. Otherwise the fee is given
// back. The registrars concerned are told by poll.
Changes EndTransfer(const Domain& domain, TransferState state, absl::Time at, RegistrarKey actor,
                    const TldPolicy& policy);
Changes EndTransfer(const Contact& contact, TransferState state, absl::Time at, RegistrarKey actor);

// The losing registrar's notice of a new request.
PollMessage TransferRequested(const Domain& domain);
PollMessage TransferRequested(const Contact& contact);

}  // namespace registry
