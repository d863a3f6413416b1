#include "registry/commands/domain_restore_report.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/registrable_names.h"

namespace registry {

Needs NeedsOf(const DomainRestoreReport& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kUpdate);
  return needs;
}

Outcome<Applied<DomainUpdated>> Apply(const DomainRestoreReport& command, const Context& context,
                                      const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (!IsSponsor(context, domain->sponsor)) return Reject(kNotSponsor);
  if (!HasAccess(context, domain->name.tld())) return Reject(kTldNotAllowed);
  if (domain->phase != DomainPhase::kPendingRestore) return Reject(kNotPendingRestore);

  Domain restored = *domain;
  restored.phase = DomainPhase::kActive;
  restored.phase_ends = absl::InfiniteFuture();
  restored.redemption_ends.reset();
  restored.updater = context.asker;
  restored.updated = context.now;
  RestoreReport report = command.report;
  report.domain = domain->key;
  Changes changes;
  changes.Update(*domain, std::move(restored)).Keep(std::move(report));
  return Applied<DomainUpdated>{{command.name}, std::move(changes)};
}

}  // namespace registry
