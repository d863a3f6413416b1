#include "registry/commands/contact_update.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/authorization.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

bool IsEmpty(const ContactUpdate& command) {
  return command.add.empty() && command.remove.empty() && !command.international &&
         !command.localized && !command.voice && !command.fax && !command.email &&
         !command.additional_email && !command.auth && !command.auth_weak && !command.disclose &&
         !command.unacceptable;
}

// Changes the stored address by what is given. Without a stored one the change has to give all that
// an address needs.
std::optional<Rejection> ChangePostal(const std::optional<ContactUpdate::PostalChange>& change,
                                      std::optional<PostalInfo>& postal) {
  if (!change) return std::nullopt;
  if (!postal && !change->name) return Reject(kPostalIncomplete, "name");
  if (!postal && !change->address) return Reject(kPostalIncomplete, "addr");
  PostalInfo merged = postal.value_or(PostalInfo{});
  if (change->name) merged.name = *change->name;
  if (change->organization) merged.organization = *change->organization;
  if (change->address) {
    merged.street = change->address->street;
    merged.city = change->address->city;
    merged.state = change->address->state;
    merged.postal_code = change->address->postal_code;
    merged.country = change->address->country;
  }
  postal = std::move(merged);
  return std::nullopt;
}

}  // namespace

Needs NeedsOf(const ContactUpdate& command) {
  Needs needs;
  needs.Contact(command.id, Lock::kUpdate);
  return needs;
}

Outcome<Applied<Done>> Apply(const ContactUpdate& command, const Context& context,
                             const WorkingSet& set) {
  if (IsEmpty(command)) return Reject(kNothingToDo);
  const Contact* contact = set.FindContact(command.id);
  if (contact == nullptr) return Reject(kContactNotFound);
  if (!IsSponsor(context, contact->sponsor)) return Reject(kNotSponsor);
  if (context.asker != kOperator && UpdateProhibited(contact->statuses, command.remove)) {
    return Reject(kUpdateProhibited);
  }

  Contact updated = *contact;
  auto refused = ChangePostal(command.international, updated.international);
  if (!refused) refused = ChangePostal(command.localized, updated.localized);
  if (refused) return *std::move(refused);
  if (auto pending = CheckPendingTransfer(contact->transfer, command.add)) {
    return *std::move(pending);
  }
  if (command.unacceptable) return *command.unacceptable;
  const auto statuses = ChangeStatuses(contact->statuses, command.add, command.remove);
  if (!statuses) return statuses.rejection();
  if (command.auth_weak) return Reject(kAuthInfoWeak);

  updated.statuses = *statuses;
  if (command.voice) updated.voice = *command.voice;
  if (command.fax) updated.fax = *command.fax;
  if (command.email) updated.email = *command.email;
  if (command.additional_email) updated.additional_email = *command.additional_email;
  if (command.auth) {
    updated.auth = *command.auth;
    updated.auth_ends =
        AuthInfoEnds(*command.auth, context.now, context.directory.settings.contact_auth_info_ttl);
  }
  if (command.disclose) updated.disclose = *command.disclose;
  updated.updater = context.asker;
  updated.updated = context.now;
  Changes changes;
  changes.Update(*contact, std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
