#pragma once

#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"

namespace registry {

// <org:check>, RFC 8543 section 4.1.1.
struct OrganizationCheck {
  std::vector<OrganizationId> ids;
};

struct OrganizationChecked {
  struct Item {
    OrganizationId id;
    bool available = false;
    std::string_view reason;  // if it is not
  };
  std::vector<Item> items;  // as asked
};

Needs NeedsOf(const OrganizationCheck& command);
Outcome<OrganizationChecked> Apply(const OrganizationCheck& command, const Context& context,
                                   const WorkingSet& set);

}  // namespace registry
