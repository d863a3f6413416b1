#include "registry/commands/contact_update.h"

#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/statuses.h"

namespace registry {
namespace {

bool IsEmpty(const ContactUpdate& command) {
  return command.add.empty() && command.remove.empty() && !command.international &&
         !command.localized && !command.voice && !command.fax && !command.email && !command.auth &&
         !command.auth_weak && !command.disclose;
}

// The stored address with what the change gives. Without a stored one the change has to give all
// that an address needs.
Outcome<PostalInfo> Merged(PostalForm form, const std::optional<PostalInfo>& stored,
                           const ContactUpdate::PostalChange& change) {
  if (!stored && !change.name) return Reject(kPostalSyntax, "name");
  if (!stored && !change.address) return Reject(kPostalSyntax, "addr");
  PostalInfo merged = stored.value_or(PostalInfo{});
  if (change.name) merged.name = *change.name;
  if (change.organization) merged.organization = *change.organization;
  if (change.address) {
    merged.street = change.address->street;
    merged.city = change.address->city;
    merged.state = change.address->state;
    merged.postal_code = change.address->postal_code;
    merged.country = change.address->country;
  }
  return CheckPostalInfo(form, std::move(merged));
}

std::optional<Rejection> ChangePostal(PostalForm form,
                                      const std::optional<ContactUpdate::PostalChange>& change,
                                      std::optional<PostalInfo>& postal) {
  if (!change) return std::nullopt;
  auto merged = Merged(form, postal, *change);
  if (!merged) return merged.rejection();
  postal = *std::move(merged);
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
  auto refused =
      ChangePostal(PostalForm::kInternational, command.international, updated.international);
  if (!refused) {
    refused = ChangePostal(PostalForm::kLocalized, command.localized, updated.localized);
  }
  if (refused) return *std::move(refused);
  const auto statuses = ChangeStatuses(contact->statuses, command.add, command.remove);
  if (!statuses) return statuses.rejection();
  if (command.auth_weak) return Reject(kAuthInfoWeak);

  updated.statuses = *statuses;
  if (command.voice) updated.voice = *command.voice;
  if (command.fax) updated.fax = *command.fax;
  if (command.email) updated.email = *command.email;
  if (command.auth) updated.auth = *command.auth;
  if (command.disclose) updated.disclose = *command.disclose;
  updated.updater = context.asker;
  updated.updated = context.now;
  Changes changes;
  changes.Update(*contact, std::move(updated));
  return Applied<Done>{{}, std::move(changes)};
}

}  // namespace registry
