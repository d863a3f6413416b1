#include "registry/commands/contact_check.h"

#include <utility>

namespace registry {

Needs NeedsOf(const ContactCheck& command) {
  Needs needs;
  for (const ContactCheck::Asked& asked : command.ids) {
    if (asked.id.ok()) needs.Contact(*asked.id, Lock::kNone);
  }
  return needs;
}

Outcome<ContactChecked> Apply(const ContactCheck& command, const Context& /*context*/,
                              const WorkingSet& set) {
  ContactChecked answer;
  for (const ContactCheck::Asked& asked : command.ids) {
    ContactChecked::Item item{asked.text, false, {}};
    if (!asked.id.ok()) {
      item.reason = "not a valid identifier";
    } else if (set.FindContact(*asked.id) != nullptr) {
      item.reason = "in use";
    } else {
      item.available = true;
    }
    answer.items.push_back(std::move(item));
  }
  return answer;
}

}  // namespace registry
