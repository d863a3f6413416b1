#include "registry/commands/contact_info.h"

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"

namespace registry {
Needs NeedsOf(const ContactInfo& command) {
  Needs needs;
  needs.contacts.push_back({command.id, Lock::kNone, /*links=*/true});
  return needs;
}

Outcome<ContactInfoAnswer> Apply(const ContactInfo& command, const Context& context,
                                 const WorkingSet& set) {
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (command.credential && !Opens(*command.credential, *contact, context))
    return Reject(kWrongAuthInfo);
  if (!command.credential && !IsSponsor(context, contact->sponsor)) return Reject(kNotSponsor);
  const bool linked = set.ContactUse(contact->key).linked();
  return ContactInfoAnswer{*contact, ShownStatuses(*contact, linked)};
}

}  // namespace registry
