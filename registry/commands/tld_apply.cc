#include "registry/commands/tld_apply.h"

#include <utility>

#include "registry/rules/bundles.h"

namespace registry {

Needs NeedsOf(const TldApply& /*command*/) {
  Needs needs;
  needs.used_tlds = true;
  return needs;
}

Outcome<Applied<Done>> Apply(const TldApply& command, const Context& context,
                             const WorkingSet& set) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  if (auto refused = CheckBundle(command.policy, context, set.UsedTlds())) {
    return *std::move(refused);
  }
  Changes changes;
  changes.Put(command.policy);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
