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

// <poll op="req">, RFC 5730 section 2.9.2.3: the oldest message, again and again until it is
// acknowledged.
struct PollRequest {
  RegistrarKey registrar = kNoRegistrar;
};

struct PollAnswer {
  int64_t count = 0;
  std::optional<PollMessage> message;  // none: 1300
};

inline constexpr std::array kPollRequestReasons = {kNotSponsor};  // somebody else's queue

Needs NeedsOf(const PollRequest& command);
Outcome<PollAnswer> Apply(const PollRequest& command, const Context& context,
                          const WorkingSet& set);

}  // namespace registry
