#include "registry/commands/host_check.h"

#include <utility>

namespace registry {

Needs NeedsOf(const HostCheck& command) {
  Needs needs;
  for (const HostCheck::Asked& asked : command.names) {
    if (asked.name.ok()) needs.Host(*asked.name, Lock::kNone);
  }
  return needs;
}

// The superordinate domain need not exist yet: only a create asks for it.
Outcome<HostChecked> Apply(const HostCheck& command, const Context& /*context*/,
                           const WorkingSet& set) {
  HostChecked answer;
  for (const HostCheck::Asked& asked : command.names) {
    HostChecked::Item item{asked.text, false, {}};
    if (!asked.name.ok()) {
      item.reason = "not a valid host name";
    } else if (set.FindHost(*asked.name) != nullptr) {
      item.reason = "in use";
    } else {
      item.available = true;
    }
    answer.items.push_back(std::move(item));
  }
  return answer;
}

}  // namespace registry
