#include "registry/commands/contact_transfer_decision.h"

#include <utility>

namespace registry {

Needs NeedsOf(const ContactTransferDecision& command) {
  Needs needs;
  needs.Contact(command.id, Lock::kUpdate);
  return needs;
}

Outcome<Applied<ContactTransferAnswer>> Apply(const ContactTransferDecision& command,
                                              const Context& context, const WorkingSet& set) {
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (!IsPending(contact->transfer)) return Reject(kNoTransferPending);
  if (auto refused = MayDecide(*contact->transfer, command.decision, context)) {
    return *std::move(refused);
  }
  if (command.credential && !Opens(*command.credential, *contact, context)) {
    return Reject(kWrongAuthInfo);
  }
  Applied<ContactTransferAnswer> applied;
  applied.changes =
      EndTransfer(*contact, StateAfter(command.decision, context), context.now, context.asker);
  applied.answer = {contact->id, *applied.changes.contacts.back().after->transfer};
  return applied;
}

}  // namespace registry
