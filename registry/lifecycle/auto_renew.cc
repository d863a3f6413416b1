#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/transition.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/pricing.h"
#include "registry/types/years.h"

namespace registry {
namespace {

absl::Time Due(const Domain& domain) {
  return domain.phase == DomainPhase::kActive ? domain.expires : absl::InfiniteFuture();
}

// The sponsor pays whether or not the balance covers it: a name does not lapse for want of credit,
// and a deletion in the auto-renew grace period gives the fee back.
Changes Renew(const Domain& domain, absl::Time at, const TldPolicy& policy) {
  const Years period(1);
  const Money fee = RenewFee(policy, domain, period);
  Domain renewed = domain;
  renewed.expires = AddYears(domain.expires, period);
  BeginGrace(renewed,
             {GraceKind::kAutoRenew, at + policy.auto_renew_grace, fee, domain.sponsor,
              period.count(), IsLeapDay(domain.expires)},
             at);
  renewed.updater = kLifecycle;
  renewed.updated = at;
  Changes changes;
  changes.Update(domain, std::move(renewed));
  changes.Charge(domain.sponsor, fee, "auto-renew", *changes.domains.back().after);
  PollMessage message;
  message.registrar = domain.sponsor;
  message.queued = at;
  message.text =
      Concat("The domain ", domain.name.text(), " has expired and was renewed for one year");
  message.object_name = domain.name.text();
  message.notice = PollMessage::Notice::kRenewed;
  message.domain = domain.key;
  message.expires = changes.domains.back().after->expires;
  changes.Queue(std::move(message));
  return changes;
}

}  // namespace

const Transition kAutoRenew{Due, Renew};

}  // namespace registry
