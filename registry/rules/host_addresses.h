#pragma once

#include <cstddef>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/types/ip_address.h"

namespace registry {

// With as many name servers as a domain may have, this keeps a referral's glue within what
// resolvers take.
inline constexpr size_t kMaxHostAddresses = 13;

// The addresses after an update, sorted as `current` is. kDuplicateValue, kNotPresent,
// kAlreadyPresent (subject: the address), kTooManyAddresses.
Outcome<std::vector<IpAddress>> ChangeAddresses(const std::vector<IpAddress>& current,
                                                const std::vector<IpAddress>& add,
                                                const std::vector<IpAddress>& remove);

}  // namespace registry
