#include "registry/commands/ds_maintenance.h"

#include <algorithm>
#include <utility>

#include "registry/rules/bundles.h"
#include "registry/rules/delegation.h"
#include "registry/rules/ds_interface.h"
#include "registry/rules/registrable_names.h"

namespace registry {
namespace {

bool IsAsSeen(const Domain& domain, const std::vector<DsRecord>& ds, const DsMaintenance& command) {
  return domain.key == command.domain && domain.name_servers == command.name_servers &&
         ds == command.seen;
}

bool IsProhibited(const Domain& domain) {
  return domain.phase != DomainPhase::kActive || !IsPublished(domain) ||
         domain.statuses.Has(Status::kServerUpdateProhibited);
}

}  // namespace

Needs NeedsOf(const DsMaintenance& command) {
  Needs needs;
  needs.Domain(command.name, Lock::kUpdate);
  return needs;
}

Outcome<Applied<Done>> Apply(const DsMaintenance& command, const Context& context,
                             const WorkingSet& set) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  Domain updated = *domain;
  std::vector<DsRecord>& ds = DsOf(updated, command.name);
  if (!IsAsSeen(*domain, ds, command)) return Reject(kDelegationChanged);
  if (IsProhibited(*domain)) return Reject(kUpdateProhibited);
  if (ds == command.ds) return Reject(kNothingToDo);
  const auto policy = PolicyOf(command.name, context.directory);
  if (!policy) return policy.rejection();
  if (auto refused = CheckDsInterface(command.ds, **policy)) return *std::move(refused);
  if (std::ssize(command.ds) > (*policy)->max_ds) return Reject(kTooManyDs);

  ds = command.ds;
  std::ranges::sort(ds);
  updated.updater = context.asker;
  updated.updated = context.now;
  Applied<Done> applied;
  applied.changes.Update(*domain, std::move(updated));
  return applied;
}

}  // namespace registry
