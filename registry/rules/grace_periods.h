#pragma once

#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/changes.h"
#include "registry/model/domain.h"

namespace registry {

// RFC 3915 section 3.1: "addPeriod", "renewPeriod", "autoRenewPeriod", "transferPeriod",
// "redemptionPeriod", "pendingRestore", "pendingDelete"; in this order, each once.
std::vector<std::string_view> RgpStatuses(const Domain& domain, absl::Time now);

// What the ledger calls the charge of which a grace period keeps the fee.
std::string_view WhatWasPaid(GraceKind kind);

// Begins one, unless the policy leaves it no time.
void BeginGrace(Domain& domain, GracePeriod grace, absl::Time now);

bool InAddGrace(const Domain& domain, absl::Time now);

// What a deletion now gives back: a Refund for each running grace period that has a fee.
void RefundGracePeriods(const Domain& domain, absl::Time now, Changes& changes);

// The expiry date that the domain has once a deletion has undone what its running grace periods
// bought; it may be in the past.
absl::Time ExpiryWithoutGracePeriods(const Domain& domain, absl::Time now);

// Likewise without its running automatic renewal alone.
absl::Time ExpiryWithoutAutoRenewal(const Domain& domain, absl::Time now);

// Drops those that have ended.
void DropEndedGracePeriods(Domain& domain, absl::Time now);

}  // namespace registry
