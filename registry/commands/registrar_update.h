#pragma once

#include <array>
#include <optional>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator changes a registrar: its record as a whole (id and key stay), or whether it is
// suspended.
struct RegistrarUpdate {
  RegistrarId id;
  std::optional<Registrar> record;  // without key, id, suspended, password, which stay
  std::optional<bool> suspended;
};

inline constexpr std::array kRegistrarUpdateReasons = {kOperatorOnly, kNothingToDo,
                                                       kRegistrarNotFound};

Needs NeedsOf(const RegistrarUpdate& command);
Outcome<Applied<Done>> Apply(const RegistrarUpdate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
