#pragma once

#include <array>
#include <optional>

#include "registry/model/context.h"
#include "registry/model/launch.h"
#include "registry/model/tld_policy.h"
#include "registry/rules/reasons.h"
#include "registry/types/domain_name.h"

namespace registry {

// The phase that the TLD is in. One without phases is open; between phases and before the first it
// is in none (LaunchPhase::kNone), and nobody registers.
LaunchPhase PhaseAt(const TldPolicy& policy, absl::Time now);

// Why the registration has to be refused, in this order.
inline constexpr std::array kLaunchReasons = {
    kNotLaunched, kPhaseMismatch, kApplicationsNotOffered, kMarkUnexpected, kNoticeUnexpected,
    // Sunrise:
    kMarkRequired, kMarkUntrusted, kMarkRevoked, kMarkOutOfTime, kMarkLabel,
    // Claims:
    kClaimsUnknown, kNoticeRequired, kNoticeTwice, kNoticeValidator, kNoticeChecksum,
    kNoticeExpired, kNoticeAcceptance};

// `request`: null if there was no <launch:create>. `claims`: of the name's label.
std::optional<Rejection> CheckLaunch(const LaunchRequest* request, Claims claims,
                                     const DomainName& name, const TldPolicy& policy,
                                     absl::Time now);

// What to keep of a request that CheckLaunch lets pass.
Launch KeptOf(const LaunchRequest& request);

}  // namespace registry
