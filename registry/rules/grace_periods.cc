#include "registry/rules/grace_periods.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "registry/types/years.h"

namespace registry {
namespace {

struct KindNames {
  GraceKind kind;
  std::string_view rgp_status;  // RFC 3915 section 3.1
  std::string_view what;        // LedgerEntry::what of the charge that is given back
};

constexpr std::array kKindNames = {
    KindNames{GraceKind::kAdd, "addPeriod", "create"},
    KindNames{GraceKind::kRenew, "renewPeriod", "renew"},
    KindNames{GraceKind::kAutoRenew, "autoRenewPeriod", "auto-renew"},
    KindNames{GraceKind::kTransfer, "transferPeriod", "transfer"},
};

bool Runs(const GracePeriod& grace, absl::Time now) { return now < grace.ends; }

bool HasRunning(const Domain& domain, GraceKind kind, absl::Time now) {
  return std::ranges::any_of(domain.grace, [&](const GracePeriod& grace) {
    return grace.kind == kind && Runs(grace, now);
  });
}

// The latest first.
template <class Predicate>
absl::Time ExpiryWithout(const Domain& domain, Predicate undone) {
  absl::Time expires = domain.expires;
  for (auto grace = domain.grace.rbegin(); grace != domain.grace.rend(); ++grace) {
    if (undone(*grace)) expires = SubtractYears(expires, grace->years, grace->from_leap_day);
  }
  return expires;
}

}  // namespace

std::string_view WhatWasPaid(GraceKind kind) {
  return std::ranges::find(kKindNames, kind, &KindNames::kind)->what;
}

std::vector<std::string_view> RgpStatuses(const Domain& domain, absl::Time now) {
  std::vector<std::string_view> statuses;
  for (const KindNames& names : kKindNames) {
    if (HasRunning(domain, names.kind, now)) statuses.push_back(names.rgp_status);
  }
  if (domain.phase == DomainPhase::kRedemption) statuses.push_back("redemptionPeriod");
  if (domain.phase == DomainPhase::kPendingRestore) statuses.push_back("pendingRestore");
  if (domain.phase == DomainPhase::kPendingDelete) statuses.push_back("pendingDelete");
  return statuses;
}

void BeginGrace(Domain& domain, GracePeriod grace, absl::Time now) {
  if (Runs(grace, now)) domain.grace.push_back(grace);
}

bool InAddGrace(const Domain& domain, absl::Time now) {
  return HasRunning(domain, GraceKind::kAdd, now);
}

void RefundGracePeriods(const Domain& domain, absl::Time now, Changes& changes) {
  for (const GracePeriod& grace : domain.grace) {
    if (!Runs(grace, now) || grace.fee == Money{}) continue;
    changes.Refund(grace.payer, grace.fee, std::string(WhatWasPaid(grace.kind)), domain);
  }
}

absl::Time ExpiryWithoutGracePeriods(const Domain& domain, absl::Time now) {
  return ExpiryWithout(domain, [&](const GracePeriod& grace) { return Runs(grace, now); });
}

absl::Time ExpiryWithoutAutoRenewal(const Domain& domain, absl::Time now) {
  return ExpiryWithout(domain, [&](const GracePeriod& grace) {
    return Runs(grace, now) && grace.kind == GraceKind::kAutoRenew;
  });
}

void DropEndedGracePeriods(Domain& domain, absl::Time now) {
  std::erase_if(domain.grace, [&](const GracePeriod& grace) { return !Runs(grace, now); });
}

}  // namespace registry
