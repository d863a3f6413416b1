#pragma once

#include <string_view>

#include "registry/model/directory.h"
#include "registry/model/tld_policy.h"
#include "registry/model/working_set.h"
#include "registry/types/domain_name.h"

namespace registry {

// Whether a name can be had, and by which prices: the policy's lists and the long ones together. Of
// two that differ the stricter holds, and the premium class of the long list.
struct Listing {
  enum class Withheld { kNo, kReserved, kBlocked };
  Withheld withheld = Withheld::kNo;
  std::string_view premium_class;  // empty: none. In the policy's memory
};

// Needs `listed` of the name. A label of a class that the TLD does not have (any more) is withheld
// as blocked: it must not go for the standard price.
// What the other TLD of a bundle reserves is reserved, too.
Listing ListingOf(const TldPolicy& policy, const DomainName& name, const WorkingSet& set,
                  const Directory& directory);

// By the policy's list alone; empty: none.
std::string_view PolicyClassOf(const TldPolicy& policy, const DomainName& name);

}  // namespace registry
