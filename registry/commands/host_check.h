#pragma once

#include <string_view>
#include <vector>

#include "registry/base/outcome.h"
#include "registry/model/applied.h"
#include "registry/model/context.h"
#include "registry/model/needs.h"
#include "registry/model/working_set.h"
#include "registry/rules/reasons.h"

namespace registry {

// <host:check>, RFC 5732 section 3.1.1.
struct HostCheck {
  struct Asked {
    std::string text;
    Outcome<DomainName> name;
  };
  std::vector<Asked> names;
};

struct HostChecked {
  struct Item {
    std::string text;
    bool available = false;
    std::string_view reason;  // at most 32 characters
  };
  std::vector<Item> items;
};

Needs NeedsOf(const HostCheck& command);
Outcome<HostChecked> Apply(const HostCheck& command, const Context& context, const WorkingSet& set);

}  // namespace registry
