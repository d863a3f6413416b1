#pragma once

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/rules/reasons.h"

namespace registry {

// A sorted list of different values after an update: removals first, then additions. `text(value)`
// is the subject of the refusals: kDuplicateValue (named twice, or in both lists), kNotPresent,
// kAlreadyPresent.
template <class T, class Text>
Outcome<std::vector<T>> ChangeList(const std::vector<T>& current, std::vector<T> add,
                                   std::vector<T> remove, Text text) {
  std::ranges::sort(add);
  std::ranges::sort(remove);
  std::vector<T> named;
  std::ranges::merge(add, remove, std::back_inserter(named));
  if (const auto twice = std::ranges::adjacent_find(named); twice != named.end()) {
    return Reject(kDuplicateValue, text(*twice));
  }
  const auto present = [&](const T& value) { return std::ranges::binary_search(current, value); };
  if (const auto absent = std::ranges::find_if_not(remove, present); absent != remove.end()) {
    return Reject(kNotPresent, text(*absent));
  }
  if (const auto known = std::ranges::find_if(add, present); known != add.end()) {
    return Reject(kAlreadyPresent, text(*known));
  }
  std::vector<T> kept;
  std::ranges::set_difference(current, remove, std::back_inserter(kept));
  std::vector<T> result;
  result.reserve(kept.size() + add.size());
  std::ranges::merge(kept, add, std::back_inserter(result));
  return result;
}

}  // namespace registry
