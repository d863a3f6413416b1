#pragma once

#include "registry/base/outcome.h"
#include "registry/model/context.h"
#include "registry/model/tld_policy.h"
#include "registry/types/domain_name.h"

namespace registry {

// The policy of the name's TLD, of a bundle that of the primary, if the name has exactly one label
// below a TLD that we serve. kTldNotServed, kNotOneLabel. Multi-label TLDs are not served.
Outcome<const TldPolicy*> PolicyOf(const DomainName& name, const Directory& directory);

// PolicyOf, and in addition nobody withholds the name, or the other one of its bundle:
// kNameReserved.
Outcome<const TldPolicy*> CheckRegistrable(const DomainName& name, const Directory& directory);

// The domain of ours that a host name stands at or below ("ns1.a.b.org" gives "b.org"); empty if
// its TLD is not served (external) or the name is the TLD's itself.
DomainName SuperordinateName(const DomainName& host, const Directory& directory);

}  // namespace registry
