#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator makes a TLD, or changes its policy.
struct TldApply {
  TldPolicy policy;
};

inline constexpr std::array kTldApplyReasons = {kOperatorOnly, kBundleUnknown, kBundleChain,
                                                kBundleTaken, kBundleInUse};

Needs NeedsOf(const TldApply& command);
Outcome<Applied<Done>> Apply(const TldApply& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
