#include "registry/commands/idn_apply.h"

#include <algorithm>
#include <utility>

#include "registry/rules/idn.h"

namespace registry {

Needs NeedsOf(const IdnApply& /*command*/) { return {}; }

Outcome<Applied<Done>> Apply(const IdnApply& command, const Context& context,
                             const WorkingSet& /*set*/) {
  if (context.asker != kOperator) return Reject(kOperatorOnly);
  Directory to_be = context.directory;
  to_be.Add(command.table);
  for (const TldPolicy* policy : to_be.tlds()) {
    if (std::ranges::find(policy->idn_tables, command.table.id) == policy->idn_tables.end()) {
      continue;
    }
    if (auto refused = CheckIdnTables(*policy, to_be)) return *std::move(refused);
  }
  Changes changes;
  changes.Put(command.table);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
