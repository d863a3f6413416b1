#pragma once

#include <string_view>

#include "registry/model/change_notice.h"
#include "registry/model/changes.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"

namespace registry {

// Whatever the operator does to an object of a registrar, its sponsor is told (RFC 8590). For the
// one who runs commands: nothing of this is a command's own business.

// What the messages show has to be in the working set.
void AddWhatIsShown(Needs* needs);

// Appends the messages about `changes`, which the operator's `command` ("domain-update") wants.
// Whoever is told by the command itself, as of transfers, is not told twice.
void TellSponsors(const OperatorNote& note, std::string_view command, const Context& context,
                  const WorkingSet& set, Changes* changes);

}  // namespace registry
