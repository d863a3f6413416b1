#include "registry/commands/contact_transfer_request.h"

#include <utility>

#include "registry/rules/statuses.h"
#include "registry/rules/transfers.h"

namespace registry {
namespace {

Transfer NewTransfer(const Contact& contact, const Context& context) {
  Transfer transfer;
  transfer.gaining = context.asker;
  transfer.losing = contact.sponsor;
  transfer.requested = context.now;
  transfer.acted = context.now + context.directory.settings.contact_transfer_wait;
  return transfer;
}

}  // namespace

Needs NeedsOf(const ContactTransferRequest& command) {
  Needs needs;
  needs.Contact(command.id, Lock::kUpdate);
  return needs;
}

Outcome<Applied<ContactTransferAnswer>> Apply(const ContactTransferRequest& command,
                                              const Context& context, const WorkingSet& set) {
  if (!command.credential) return Reject(kAuthInfoMissing);
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (context.directory.Registrar(context.asker) == nullptr) return Reject(kRegistrarOnly);
  if (!Opens(*command.credential, *contact, context)) return Reject(kWrongAuthInfo);
  if (contact->sponsor == context.asker) return Reject(kAlreadySponsor);
  if (IsPending(contact->transfer)) return Reject(kTransferIsPending);
  if (Prohibits(contact->statuses, Operation::kTransfer)) return Reject(kTransferProhibited);

  Contact updated = *contact;
  updated.transfer = NewTransfer(*contact, context);
  updated.updater = context.asker;
  updated.updated = context.now;

  ContactTransferAnswer answer{contact->id, *updated.transfer};
  Changes changes;
  changes.Queue(TransferRequested(updated));
  changes.Update(*contact, std::move(updated));
  return Applied<ContactTransferAnswer>{std::move(answer), std::move(changes),
                                        ResultCode::kOkPending};
}

}  // namespace registry
