#include "whois/redaction.h"

#include "registry/types/contact_details.h"

namespace whois {
namespace {

using registry::Disclose;
using registry::RddsPart;

enum class Choice : uint8_t { kShow, kWithhold, kLeaveOut };

// Both forms describe one person: the international one, which everybody can read, is published,
// unless it is not there or the contact wants the other one shown and not this one.
bool PublishesLocalized(const registry::Contact& contact) {
  if (!contact.international || !contact.localized) return !contact.international;
  constexpr unsigned kNames = Disclose::kNameInt | Disclose::kNameLoc;
  return contact.disclose.flag && (contact.disclose.fields & kNames) == Disclose::kNameLoc;
}

registry::RddsRolePolicy PolicyOf(ContactRole role, const registry::RddsPolicy& policy) {
  switch (role) {
    case ContactRole::kRegistrant:
      return policy.Of(registry::RddsRole::kRegistrant);
    case ContactRole::kAdministrative:
      return policy.Of(registry::RddsRole::kAdmin);
    case ContactRole::kTechnical:
      return policy.Of(registry::RddsRole::kTech);
    case ContactRole::kBilling:
      return policy.Of(registry::RddsRole::kBilling);
    case ContactRole::kNone:
      break;
  }
  return {};
}

// What one contact's parts become in one role.
class Choices {
 public:
  Choices(const registry::Contact& contact, ContactRole role, const registry::RddsPolicy& policy)
      : disclose_(contact.disclose),
        registrant_(role == ContactRole::kRegistrant),
        policy_(PolicyOf(role, policy)),
        localized_(PublishesLocalized(contact)) {}

  bool localized() const { return localized_; }
  Choice handle() const { return Of(NameField(), Standard(RddsPart::kHandle, true)); }
  Choice name() const { return Of(NameField(), Standard(RddsPart::kName, true)); }
  Choice organization() const {
    return Of(localized_ ? Disclose::kOrgLoc : Disclose::kOrgInt,
              Standard(RddsPart::kOrganization, false));
  }
  // Street, city or postal code.
  Choice address(RddsPart part) const {
    return Of(localized_ ? Disclose::kAddrLoc : Disclose::kAddrInt, Standard(part, false));
  }
  // State or country.
  Choice region(RddsPart part) const { return registrant_ ? Choice::kShow : address(part); }
  Choice phone() const { return Of(Disclose::kVoice, Standard(RddsPart::kPhone, true)); }
  Choice fax() const { return Of(Disclose::kFax, Standard(RddsPart::kFax, false)); }
  Choice email() const { return Of(Disclose::kEmail, Standard(RddsPart::kEmail, true)); }

 private:
  unsigned NameField() const { return localized_ ? Disclose::kNameLoc : Disclose::kNameInt; }
  // `essential`: WHOIS and RDAP have a place for it in every role, be it withheld.
  Choice Standard(RddsPart part, bool essential) const {
    if (!policy_.published) return Choice::kLeaveOut;
    if (policy_.Shows(part)) return Choice::kShow;
    return registrant_ || essential ? Choice::kWithhold : Choice::kLeaveOut;
  }
  Choice Of(unsigned field, Choice standard) const {
    if ((disclose_.fields & field) == 0) return standard;
    if (disclose_.flag) return Choice::kShow;
    return standard == Choice::kShow ? Choice::kWithhold : standard;
  }

  const Disclose& disclose_;
  const bool registrant_;
  const registry::RddsRolePolicy policy_;
  const bool localized_;
};

// All of it.
struct Everything {
  bool of_localized = false;
  bool localized() const { return of_localized; }
  static Choice handle() { return Choice::kShow; }
  static Choice name() { return Choice::kShow; }
  static Choice organization() { return Choice::kShow; }
  static Choice address(RddsPart) { return Choice::kShow; }
  static Choice region(RddsPart) { return Choice::kShow; }
  static Choice phone() { return Choice::kShow; }
  static Choice fax() { return Choice::kShow; }
  static Choice email() { return Choice::kShow; }
};

template <class T>
Published<T> Part(Choice choice, const T& value) {
  if (value.empty() || choice == Choice::kLeaveOut) return {};
  return choice == Choice::kShow ? Published<T>::Shown(value) : Published<T>::Withheld();
}

template <class Chosen>
void PublishPostal(const registry::PostalInfo& postal, const Chosen& choices, ContactView& view) {
  view.name = Part(choices.name(), postal.name);
  view.organization = Part(choices.organization(), postal.organization);
  view.street = Part(choices.address(RddsPart::kStreet), postal.street);
  view.city = Part(choices.address(RddsPart::kCity), postal.city);
  view.state = Part(choices.region(RddsPart::kState), postal.state);
  view.postal_code = Part(choices.address(RddsPart::kPostalCode), postal.postal_code);
  view.country = Part(choices.region(RddsPart::kCountry), postal.country);
}

template <class Chosen>
ContactView View(const registry::Contact& contact, ContactRole role, const std::string& handle,
                 const Chosen& choices) {
  ContactView view;
  view.role = role;
  view.handle = Part(choices.handle(), handle);
  if (const auto& postal = choices.localized() ? contact.localized : contact.international) {
    PublishPostal(*postal, choices, view);
  }
  if (contact.voice) {
    view.phone = Part(choices.phone(), contact.voice->number);
    view.phone_extension = Part(choices.phone(), contact.voice->extension);
  }
  if (contact.fax) {
    view.fax = Part(choices.fax(), contact.fax->number);
    view.fax_extension = Part(choices.fax(), contact.fax->extension);
  }
  view.email = Part(choices.email(), contact.email);
  return view;
}

}  // namespace

std::optional<ContactView> Publish(const registry::Contact& contact, ContactRole role,
                                   std::string handle, const registry::RddsPolicy& policy) {
  const Choices choices(contact, role, policy);
  if (choices.name() == Choice::kLeaveOut) return std::nullopt;
  return View(contact, role, handle, choices);
}

ContactView Unredacted(const registry::Contact& contact, ContactRole role, std::string handle) {
  return View(contact, role, handle, Everything{PublishesLocalized(contact)});
}

}  // namespace whois
