#pragma once

#include "registry/model/directory.h"
#include "registry/model/tld_policy.h"
#include "registry/types/keys.h"

namespace registry {

// Whether the sponsor's domains in this TLD have no registrant and no contacts (the minimum data
// model). A domain that comes from a registrar of the other model by a transfer stays as it is:
// what it has can be taken away, what it lacks is not asked for.
bool IsMinimum(const TldPolicy& policy, RegistrarKey sponsor, const Directory& directory);

}  // namespace registry
