#include "registry/commands/contact_info.h"

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"
#include "registry/types/roid.h"

namespace registry {
namespace {

bool Opens(const ContactInfo& command, const Contact& contact, const Context& context) {
  const std::string roid = FormatRoid(ObjectKind::kContact, Number(contact.key),
                                      context.directory.settings.repository_id);
  const bool own = command.auth_owner.empty() || command.auth_owner == roid;
  return own && command.auth->Opens(contact.auth);
}

}  // namespace

Needs NeedsOf(const ContactInfo& command) {
  Needs needs;
  needs.contacts.push_back({command.id, Lock::kNone, /*links=*/true});
  return needs;
}

Outcome<ContactInfoAnswer> Apply(const ContactInfo& command, const Context& context,
                                 const WorkingSet& set) {
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (command.auth && !Opens(command, *contact, context)) return Reject(kWrongAuthInfo);
  if (!command.auth && !IsSponsor(context, contact->sponsor)) return Reject(kNotSponsor);
  const bool linked = set.ContactUse(contact->key).linked();
  return ContactInfoAnswer{*contact, ShownStatuses(contact->statuses, linked)};
}

}  // namespace registry
