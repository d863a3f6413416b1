#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "registry/model/domain.h"
#include "registry/model/organization.h"

namespace registry::store {

// A row of the table `links`.
struct Link {
  int64_t target;  // the key of a host or contact, or LinkTarget, ParentTarget
  int64_t domain;  // or an organization
  friend auto operator<=>(const Link&, const Link&) = default;
};

// What a domain refers to, in whatever role: sorted, unique.
std::vector<Link> LinksOf(const Domain& domain);
std::vector<Link> LinksOf(const Organization& organization);

}  // namespace registry::store
