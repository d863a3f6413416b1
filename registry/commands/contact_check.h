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

// <contact:check>, RFC 5733 section 3.1.1.
struct ContactCheck {
  struct Asked {
    std::string text;
    Outcome<ContactId> id;
  };
  std::vector<Asked> ids;
};

struct ContactChecked {
  struct Item {
    std::string text;
    bool available = false;
    std::string_view reason;  // at most 32 characters
  };
  std::vector<Item> items;
};

Needs NeedsOf(const ContactCheck& command);
Outcome<ContactChecked> Apply(const ContactCheck& command, const Context& context,
                              const WorkingSet& set);

}  // namespace registry
