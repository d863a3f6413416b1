#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator makes an IDN table, or replaces it. Names that are registered stay so.
struct IdnApply {
  IdnTable table;
};

// kIdnVariantsConflict: with another table of a TLD that has it.
inline constexpr std::array kIdnApplyReasons = {kOperatorOnly, kIdnVariantsConflict};

Needs NeedsOf(const IdnApply& command);
Outcome<Applied<Done>> Apply(const IdnApply& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
