#pragma once

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// The worker's command: writes what the clock has done to a contact (its arrears). Nothing to do is
// a success.
struct ContactMaterialize {
  ContactKey contact{};
};

Needs NeedsOf(const ContactMaterialize& command);
Outcome<Applied<Done>> Apply(const ContactMaterialize& command, const Context& context,
                             const WorkingSet& set);

}  // namespace registry
