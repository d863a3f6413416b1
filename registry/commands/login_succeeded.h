#pragma once

#include <array>
#include <cstdint>

#include "absl/time/time.h"
#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The registrar has logged in: what failed before (LoginFailed) is told and forgotten.
struct LoginSucceeded {
  RegistrarKey registrar = kNoRegistrar;
  absl::Duration window;  // how long ago a failure may be to be told
};

struct FailuresBefore {
  int64_t count = 0;  // since the last good login, in the hours that the window touches
};

inline constexpr std::array kLoginSucceededReasons = {kNotSponsor};

Needs NeedsOf(const LoginSucceeded& command);
Outcome<Applied<FailuresBefore>> Apply(const LoginSucceeded& command, const Context& context,
                                       const WorkingSet& set);

}  // namespace registry
