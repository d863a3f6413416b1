#pragma once

#include <algorithm>
#include <optional>

#include "registry/base/outcome.h"

namespace registry {

// Of the refusals among several outcomes the one that stands first in `reasons`, the documented
// order of a command; nothing if there is none.
template <class Reasons, class... T>
std::optional<Rejection> FirstRefusal(const Reasons& reasons, const Outcome<T>&... outcomes) {
  const auto rank = [&](const Rejection& rejection) {
    return std::ranges::find(reasons, rejection.reason.id, &Reason::id);
  };
  std::optional<Rejection> first;
  const auto look = [&](const auto& outcome) {
    if (outcome.ok() || (first && rank(*first) <= rank(outcome.rejection()))) return;
    first = outcome.rejection();
  };
  (look(outcomes), ...);
  return first;
}

}  // namespace registry
