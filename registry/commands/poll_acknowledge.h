#pragma once

#include <array>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <poll op="ack">, RFC 5730 section 2.9.2.3.
struct PollAcknowledge {
  RegistrarKey registrar = kNoRegistrar;
  int64_t id = 0;
};

struct PollAcknowledged {
  int64_t remaining = 0;
  int64_t id = 0;  // of the message that was acknowledged
};

inline constexpr std::array kPollAcknowledgeReasons = {kNotSponsor, kMessageNotFound};

Needs NeedsOf(const PollAcknowledge& command);
Outcome<Applied<PollAcknowledged>> Apply(const PollAcknowledge& command, const Context& context,
                                         const WorkingSet& set);

}  // namespace registry
