#include "registry/commands/contact_delete.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"

namespace registry {

Needs NeedsOf(const ContactDelete& command) {
  Needs needs;
  needs.contacts.push_back({command.id, Lock::kDelete, /*links=*/true});
  return needs;
}

Outcome<Applied<Done>> Apply(const ContactDelete& command, const Context& context,
                             const WorkingSet& set) {
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (!IsSponsor(context, contact->sponsor)) return Reject(kNotSponsor);
  const bool prohibited =
      context.asker != kOperator && Prohibits(contact->statuses, Operation::kDelete);
  if (prohibited || IsPending(contact->transfer)) return Reject(kDeleteProhibited);
  if (set.ContactUse(contact->key).linked()) return Reject(kContactLinked);

  Changes changes;
  changes.Delete(*contact);
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
