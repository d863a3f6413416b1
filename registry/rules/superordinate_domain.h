#pragma once

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/working_set.h"
#include "registry/types/domain_name.h"

namespace registry {

// The only domain that a host name could be subordinate to: its last two labels. For Needs, which
// are named before anybody knows whether the TLD is served.
DomainName PossibleSuperordinate(const DomainName& host);

// The domain that a host of this name is subordinate to and may be placed below by the asker; null
// for an external name. kSuperordinateNotFound, kNotSponsor, kSuperordinatePendingDelete.
Outcome<const Domain*> FindSuperordinate(const DomainName& host, const Context& context,
                                         const WorkingSet& set);

// Who sponsors a host: for a subordinate one, whoever has its superordinate domain at the moment,
// which has to be in the set (PossibleSuperordinate names it).
RegistrarKey SponsorOf(const Host& host, const WorkingSet& set);

// The host as it is shown: with that sponsor, and the time when it last came to him.
Host WithSponsor(const Host& host, const WorkingSet& set);

}  // namespace registry
