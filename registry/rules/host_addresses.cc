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

// One that is named twice, in one list or in both; null if there is none.
const IpAddress* FindTwice(const Addresses& sorted) {
  const auto twice = std::ranges::adjacent_find(sorted);
  return twice == sorted.end() ? nullptr : &*twice;
}

}  // namespace

Outcome<Addresses> ChangeAddresses(const Addresses& current, const Addresses& add,
                                   const Addresses& remove) {
  const Addresses added = Sorted(add);
  const Addresses removed = Sorted(remove);
  Addresses named;
  std::ranges::merge(added, removed, std::back_inserter(named));
  if (const IpAddress* twice = FindTwice(named)) {
    return Reject(kDuplicateValue, twice->ToString());
  }
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
  Addresses kept, result;
  std::ranges::set_difference(current, removed, std::back_inserter(kept));
  std::ranges::merge(kept, added, std::back_inserter(result));
  if (result.size() > kMaxHostAddresses) return Reject(kTooManyAddresses);
  return result;
}

}  // namespace registry
