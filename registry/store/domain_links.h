#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "registry/model/domain.h"

namespace registry::store {

// A row of the table `links`.
struct Link {
  int64_t target;  // of a host or contact
  int64_t domain;
  friend auto operator<=>(const Link&, const Link&) = default;
};

// What a domain refers to, in whatever role: sorted, unique.
std::vector<Link> LinksOf(const Domain& domain);

}  // namespace registry::store
