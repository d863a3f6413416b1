#pragma once

#include <optional>

#include "absl/time/time.h"
#include "registry/model/changes.h"
#include "registry/model/domain.h"
#include "registry/model/tld_policy.h"

namespace registry {

// One step that the clock takes with a domain: when it is due, and what it does at that instant.
// Each is one file of this folder:
//   auto_renew          expiry reached while active: one more year, auto-renew grace, the charge
//   transfer_approval   nobody has decided a transfer: it is approved
//   end_of_restore      the report of a restore did not come: in redemption again
//   end_of_redemption   redemption over: pending delete
//   purge               pending delete over: gone, the registrar is told by poll
//   end_of_grace        a grace period is over: it is dropped, its fee is final
struct Transition {
  absl::Time (*due)(const Domain&);  // InfiniteFuture: never
  Changes (*apply)(const Domain&, absl::Time at, const TldPolicy&);
};

extern const Transition kAutoRenew;
extern const Transition kTransferApproval;
extern const Transition kEndOfRestore;
extern const Transition kEndOfRedemption;
extern const Transition kPurge;
extern const Transition kEndOfGrace;

}  // namespace registry
