#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <maint:info>, RFC 9167 section 4.1.2. Everybody may see all of them.
struct MaintenanceInfo {
  std::optional<std::string> id;  // nothing: the list of those that are planned or running
};

struct MaintenanceInfoAnswer {
  std::optional<Maintenance> item;  // with an id
  std::vector<Maintenance> list;    // without one; by start, then id
};

inline constexpr std::array kMaintenanceInfoReasons = {kMaintenanceNotFound};

Needs NeedsOf(const MaintenanceInfo& command);
Outcome<MaintenanceInfoAnswer> Apply(const MaintenanceInfo& command, const Context& context,
                                     const WorkingSet& set);

}  // namespace registry
