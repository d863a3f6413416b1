#include "registry/rules/launch.h"

#include <algorithm>
#include <string>

namespace registry {
namespace {

constexpr std::string_view kClearinghouse = "tmch";  // RFC 8334 section 2.2

std::optional<Rejection> CheckMark(const std::optional<Outcome<SignedMark>>& mark,
                                   std::string_view label, absl::Time now) {
  if (!mark) return Reject(kMarkRequired);
  if (!mark->ok()) return mark->rejection();
  const SignedMark& trusted = **mark;
  if (trusted.revoked) return Reject(kMarkRevoked, trusted.id);
  const absl::Time starts = std::max(trusted.not_before, trusted.signer_starts);
  const absl::Time ends = std::min(trusted.not_after, trusted.signer_ends);
  if (now < starts || now > ends) return Reject(kMarkOutOfTime, trusted.id);
  if (std::ranges::find(trusted.labels, label) == trusted.labels.end()) {
    return Reject(kMarkLabel, std::string(label));
  }
  return std::nullopt;
}

std::optional<Rejection> CheckNotice(const ClaimsNotice& notice, std::string_view label,
                                     const TldPolicy& policy, absl::Time now) {
  if (notice.validator != kClearinghouse) return Reject(kNoticeValidator, notice.validator);
  if (!notice.id.IsFor(label, notice.not_after)) return Reject(kNoticeChecksum, notice.id.text());
  if (now > notice.not_after) return Reject(kNoticeExpired, notice.id.text());
  const bool in_time = notice.accepted <= now && now - notice.accepted <= policy.notice_acceptance;
  if (!in_time) return Reject(kNoticeAcceptance, notice.id.text());
  return std::nullopt;
}

std::optional<Rejection> CheckClaims(const std::vector<ClaimsNotice>& notices, Claims claims,
                                     std::string_view label, const TldPolicy& policy,
                                     absl::Time now) {
  if (claims == Claims::kUnknown) return Reject(kClaimsUnknown);
  if (notices.empty()) {
    if (claims == Claims::kYes) return Reject(kNoticeRequired, std::string(label));
    return std::nullopt;
  }
  if (notices.size() > 1) return Reject(kNoticeTwice);
  return CheckNotice(notices.front(), label, policy, now);
}

}  // namespace

LaunchPhase PhaseAt(const TldPolicy& policy, absl::Time now) {
  for (const LaunchPeriod& period : policy.launch_phases) {
    if (period.starts <= now && now < period.ends) return period.phase;
  }
  return policy.launch_phases.empty() ? LaunchPhase::kOpen : LaunchPhase::kNone;
}

std::optional<Rejection> CheckLaunch(const LaunchRequest* request, Claims claims,
                                     const DomainName& name, const TldPolicy& policy,
                                     absl::Time now) {
  static const LaunchRequest kNothing;
  const LaunchRequest& said = request == nullptr ? kNothing : *request;
  const LaunchPhase phase = PhaseAt(policy, now);
  if (phase == LaunchPhase::kNone) return Reject(kNotLaunched);
  if (request != nullptr && said.phase != phase) {
    return Reject(kPhaseMismatch, std::string(LaunchPhaseName(phase)));
  }
  if (said.application) return Reject(kApplicationsNotOffered);
  if (said.mark && phase != LaunchPhase::kSunrise) return Reject(kMarkUnexpected);
  if (!said.notices.empty() && phase != LaunchPhase::kClaims) return Reject(kNoticeUnexpected);
  if (phase == LaunchPhase::kSunrise) return CheckMark(said.mark, name.label(), now);
  if (phase == LaunchPhase::kClaims) {
    return CheckClaims(said.notices, claims, name.label(), policy, now);
  }
  return std::nullopt;
}

Launch KeptOf(const LaunchRequest& request) {
  Launch kept;
  kept.phase = request.phase;
  if (request.mark) {
    kept.proof = (*request.mark)->id;
    kept.mark = (*request.mark)->mark;
  }
  if (!request.notices.empty()) {
    const ClaimsNotice& notice = request.notices.front();
    kept.proof = notice.id.text();
    kept.not_after = notice.not_after;
    kept.accepted = notice.accepted;
  }
  return kept;
}

}  // namespace registry
