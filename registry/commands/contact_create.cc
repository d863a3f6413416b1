#include "registry/commands/contact_create.h"

#include <utility>

#include "registry/rules/authorization.h"

namespace registry {

Needs NeedsOf(const ContactCreate& command) {
  Needs needs;
  needs.Contact(command.id, Lock::kNone);
  return needs;
}

Outcome<Applied<ContactCreated>> Apply(const ContactCreate& command, const Context& context,
                                       const WorkingSet& set) {
  if (set.FindContact(command.id) != nullptr) return Reject(kContactExists);
  if (context.directory.Registrar(context.asker) == nullptr) return Reject(kRegistrarOnly);
  if (command.auth_weak) return Reject(kAuthInfoWeak);

  Contact contact;
  contact.key = ContactKey{context.number};
  contact.id = command.id;
  contact.sponsor = context.asker;
  contact.creator = context.asker;
  contact.created = context.now;
  contact.auth = command.auth;
  contact.auth_ends =
      AuthInfoEnds(command.auth, context.now, context.directory.settings.contact_auth_info_ttl);
  contact.international = command.international;
  contact.localized = command.localized;
  contact.voice = command.voice;
  contact.fax = command.fax;
  contact.email = command.email;
  contact.additional_email = command.additional_email;
  contact.disclose = command.disclose;

  ContactCreated answer{contact.id, contact.created};
  Changes changes;
  changes.Insert(std::move(contact));
  return Applied<ContactCreated>{std::move(answer), std::move(changes)};
}

}  // namespace registry
