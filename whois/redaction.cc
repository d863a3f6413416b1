#include "whois/redaction.h"

#include "registry/types/contact_details.h"

namespace whois {
namespace {

using registry::Disclose;

enum class Choice : uint8_t { kShow, kWithhold, kLeaveOut };

// What one contact's parts become in one role.
class Policy {
 public:
  Policy(const registry::Contact& contact, ContactRole role)
      : disclose_(contact.disclose), role_(role), localized_(PublishesLocalized(contact)) {}

  // Both forms describe one person: the international one, which everybody can read, is published,
  // unless it is not there or the contact wants the other one shown and not this one.
  bool localized() const { return localized_; }
  Choice handle() const { return name(); }
  Choice name() const {
    return Of(localized_ ? Disclose::kNameLoc : Disclose::kNameInt, Essential());
  }
  Choice organization() const {
    return Of(localized_ ? Disclose::kOrgLoc : Disclose::kOrgInt,
              registrant() ? Choice::kShow : Choice::kLeaveOut);
  }
  Choice address() const {
    return Of(localized_ ? Disclose::kAddrLoc : Disclose::kAddrInt, OfRegistrantOnly());
  }
  Choice region() const { return registrant() ? Choice::kShow : address(); }
  Choice phone() const { return Of(Disclose::kVoice, Essential()); }
  Choice fax() const { return Of(Disclose::kFax, OfRegistrantOnly()); }
  Choice email() const { return Of(Disclose::kEmail, Essential()); }

 private:
  static bool PublishesLocalized(const registry::Contact& contact) {
    if (!contact.international || !contact.localized) return !contact.international;
    constexpr unsigned kNames = Disclose::kNameInt | Disclose::kNameLoc;
    return contact.disclose.flag && (contact.disclose.fields & kNames) == Disclose::kNameLoc;
  }
  bool registrant() const { return role_ == ContactRole::kRegistrant; }
  // What WHOIS and RDAP have a place for, be it withheld.
  Choice Essential() const {
    return registrant() || role_ == ContactRole::kTechnical ? Choice::kWithhold : Choice::kLeaveOut;
  }
  Choice OfRegistrantOnly() const { return registrant() ? Choice::kWithhold : Choice::kLeaveOut; }
  Choice Of(unsigned field, Choice standard) const {
    if ((disclose_.fields & field) == 0) return standard;
    if (disclose_.flag) return Choice::kShow;
    return standard == Choice::kShow ? Choice::kWithhold : standard;
  }

  const Disclose& disclose_;
  const ContactRole role_;
  const bool localized_;
};

template <class T>
Published<T> Part(Choice choice, const T& value) {
  if (value.empty() || choice == Choice::kLeaveOut) return {};
  return choice == Choice::kShow ? Published<T>::Shown(value) : Published<T>::Withheld();
}

void PublishPostal(const registry::PostalInfo& postal, const Policy& policy, ContactView& view) {
  view.name = Part(policy.name(), postal.name);
  view.organization = Part(policy.organization(), postal.organization);
  view.street = Part(policy.address(), postal.street);
  view.city = Part(policy.address(), postal.city);
  view.state = Part(policy.region(), postal.state);
  view.postal_code = Part(policy.address(), postal.postal_code);
  view.country = Part(policy.region(), postal.country);
}

}  // namespace

std::optional<ContactView> Publish(const registry::Contact& contact, ContactRole role,
                                   std::string handle) {
  const Policy policy(contact, role);
  if (policy.name() == Choice::kLeaveOut) return std::nullopt;

  ContactView view;
  view.role = role;
  view.handle = Part(policy.handle(), handle);
  if (const auto& postal = policy.localized() ? contact.localized : contact.international) {
    PublishPostal(*postal, policy, view);
  }
  if (contact.voice) {
    view.phone = Part(policy.phone(), contact.voice->number);
    view.phone_extension = Part(policy.phone(), contact.voice->extension);
  }
  if (contact.fax) {
    view.fax = Part(policy.fax(), contact.fax->number);
    view.fax_extension = Part(policy.fax(), contact.fax->extension);
  }
  view.email = Part(policy.email(), contact.email);
  return view;
}

}  // namespace whois
