#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The operator admits a registrar. `registrar.key` is zero; the database gives it one.
struct RegistrarCreate {
  Registrar registrar;
};

inline constexpr std::array kRegistrarCreateReasons = {kOperatorOnly, kRegistrarIdCharacters,
                                                       kRegistrarExists,
                                                       /* those of CheckRegistrar */
                                                       kRegistrarName};

Needs NeedsOf(const RegistrarCreate& command);
Outcome<Applied<Done>> Apply(const RegistrarCreate& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
