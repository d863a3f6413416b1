#include "registry/commands/contact_transfer_query.h"

#include "registry/rules/access.h"
#include "registry/rules/transfers.h"

namespace registry {

Needs NeedsOf(const ContactTransferQuery& command) {
  Needs needs;
  needs.Contact(command.id, Lock::kNone);
  return needs;
}

Outcome<ContactTransferAnswer> Apply(const ContactTransferQuery& command, const Context& context,
                                     const WorkingSet& set) {
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (command.credential && !Opens(*command.credential, *contact, context)) {
    return Reject(kWrongAuthInfo);
  }
  if (!command.credential && !IsSponsor(context, contact->sponsor) &&
      !IsParty(contact->transfer, context)) {
    return Reject(kNotParty);
  }
  if (!contact->transfer) return Reject(kNeverTransferred);
  return ContactTransferAnswer{contact->id, *contact->transfer};
}

}  // namespace registry
