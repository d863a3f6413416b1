#include "registry/commands/maintenance_info.h"

#include <algorithm>
#include <tuple>

#include "registry/rules/maintenances.h"

namespace registry {

Needs NeedsOf(const MaintenanceInfo& command) {
  Needs needs;
  needs.maintenance_list = !command.id;
  // Nothing else can be one.
  if (command.id && IsMaintenanceId(*command.id)) needs.maintenances.push_back(*command.id);
  return needs;
}

Outcome<MaintenanceInfoAnswer> Apply(const MaintenanceInfo& command, const Context& context,
                                     const WorkingSet& set) {
  MaintenanceInfoAnswer answer;
  if (command.id) {
    if (!IsMaintenanceId(*command.id)) return Reject(kMaintenanceNotFound);
    const Maintenance* found = set.FindMaintenance(*command.id);
    if (found == nullptr || found->ends + kReadableAfterEnd <= context.now) {
      return Reject(kMaintenanceNotFound);
    }
    answer.item = *found;
    return answer;
  }
  for (const Maintenance& maintenance : set.MaintenanceList()) {
    if (maintenance.ends > context.now) answer.list.push_back(maintenance);
  }
  std::ranges::sort(answer.list, {}, [](const Maintenance& m) { return std::tie(m.starts, m.id); });
  return answer;
}

}  // namespace registry
