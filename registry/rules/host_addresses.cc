#include "registry/rules/host_addresses.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "registry/rules/reasons.h"

namespace registry {
namespace {

using Addresses = std::vector<IpAddress>;

Addresses Sorted(Addresses addresses) {
  std::ranges::sort(addresses);
  return addresses;
}

// Those of the sorted `a` that are not in the sorted `b`.
Addresses Without(const Addresses& a, const Addresses& b) {
  Addresses rest;
  std::ranges::set_difference(a, b, std::back_inserter(rest));
  return rest;
}

}  // namespace

Outcome<Addresses> ChangeAddresses(const Addresses& current, const Addresses& add,
                                   const Addresses& remove) {
  const Addresses added = Sorted(add);
  const Addresses removed = Sorted(remove);
  for (const IpAddress& address : removed) {
    if (!std::ranges::binary_search(current, address)) {
      return Reject(kNotPresent, address.ToString());
    }
  }
  for (const IpAddress& address : added) {
    if (std::ranges::binary_search(current, address)) {
      return Reject(kAlreadyPresent, address.ToString());
    }
  }
  for (const Addresses* list : {&removed, &added}) {
    if (const auto twice = std::ranges::adjacent_find(*list); twice != list->end()) {
      return Reject(kDuplicateValue, twice->ToString());
    }
  }
  Addresses result;
  std::ranges::merge(Without(current, removed), added, std::back_inserter(result));
  if (result.size() > kMaxHostAddresses) return Reject(kTooManyAddresses);
  return result;
}

}  // namespace registry
