#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/model/contact.h"
#include "registry/model/rdds_policy.h"

// Which parts of a contact are published. What is to be shown or withheld is decided here alone.
//
// The policy of the TLD says which roles are published and what of them is shown. Of the rest of a
// registrant everything is withheld, of the rest of another role that is published handle, name,
// phone and e-mail; other parts of it are left out. A role that is not published, and a contact by
// itself, are not there. By the policy of a TLD that says nothing:
//
//   registrant    Shown: organization, state, country. Withheld: everything else, the handle too.
//   technical     Handle, name, phone and e-mail are withheld; nothing else is published.
//   administrative, billing: not published at all.
//
// The contact's own <contact:disclose> goes before that: what it wants shown is shown, what it
// wants withheld is withheld, save state and country of a registrant, which are always shown. The
// handle goes with the name. A contact that wants its name shown is published in every role.
//
// Clients that may see everything (whois/access.h) see all that is held, in every role.
namespace whois {

// A value that is shown, or that we hold but do not show, or that we do not hold.
template <class T>
class Published {
 public:
  Published() = default;
  static Published Shown(T value) { return Published(State::kShown, std::move(value)); }
  static Published Withheld() { return Published(State::kWithheld, T()); }

  bool shown() const { return state_ == State::kShown; }
  bool withheld() const { return state_ == State::kWithheld; }
  bool held() const { return state_ != State::kNotHeld; }
  const T& value() const { return value_; }  // empty unless shown

 private:
  enum class State : uint8_t { kNotHeld, kShown, kWithheld };
  Published(State state, T value) : state_(state), value_(std::move(value)) {}

  State state_ = State::kNotHeld;
  T value_{};
};

enum class ContactRole : uint8_t { kRegistrant, kAdministrative, kTechnical, kBilling, kNone };

struct ContactView {
  ContactRole role = ContactRole::kNone;
  Published<std::string> handle;
  Published<std::string> name;
  Published<std::string> organization;
  Published<std::vector<std::string>> street;
  Published<std::string> city;
  Published<std::string> state;
  Published<std::string> postal_code;
  Published<std::string> country;
  Published<std::string> phone;  // "+1.5555550100"
  Published<std::string> phone_extension;
  Published<std::string> fax;
  Published<std::string> fax_extension;
  Published<std::string> email;
};

// None: in this role the contact is not published. `handle` is its ROID.
std::optional<ContactView> Publish(const registry::Contact& contact, ContactRole role,
                                   std::string handle, const registry::RddsPolicy& policy = {});
// For those who may see everything.
ContactView Unredacted(const registry::Contact& contact, ContactRole role, std::string handle);

}  // namespace whois
