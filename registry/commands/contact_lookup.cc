#include "registry/commands/contact_lookup.h"

#include "registry/rules/statuses.h"

namespace registry {

Needs NeedsOf(const ContactLookup& command) {
  Needs needs;
  if (command.id) {
    needs.contacts.push_back({*command.id, Lock::kNone, /*links=*/true});
  } else {
    needs.contact_keys.push_back(command.key);
    needs.contact_key_links = true;
  }
  return needs;
}

Outcome<ContactInfoAnswer> Apply(const ContactLookup& command, const Context& /*context*/,
                                 const WorkingSet& set) {
  const Contact* contact = command.id ? set.FindContact(*command.id) : set.FindContact(command.key);
  if (contact == nullptr) return Reject(kContactNotFound);
  const bool linked = set.ContactUse(contact->key).linked();
  return ContactInfoAnswer{*contact, ShownStatuses(*contact, linked)};
}

}  // namespace registry
