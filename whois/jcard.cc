#include "whois/jcard.h"

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "registry/base/text.h"

namespace whois {
namespace {

namespace json = boost::json;

// Builds ["vcard", [["version", {}, "text", "4.0"], ...]].
class Card {
 public:
  explicit Card(std::string_view full_name) {
    AddText("version", "4.0");
    AddText("fn", full_name);
  }
  void AddText(std::string_view property, std::string_view value) {
    Add(property, {}, "text", json::value(json::string(value)));
  }
  void AddTextIfAny(std::string_view property, std::string_view value) {
    if (!value.empty()) AddText(property, value);
  }
  // `type` is "voice" or "fax".
  void AddPhone(std::string_view type, std::string_view number, std::string_view extension = {}) {
    if (number.empty()) return;
    std::string uri = registry::Concat("tel:", number);
    if (!extension.empty()) uri += registry::Concat(";ext=", extension);
    Add("tel", {{"type", json::string(type)}}, "uri", json::value(json::string(uri)));
  }
  // The country stands in the parameter alone (RDAP response profile 1.4).
  struct Address {
    const std::vector<std::string>& street;
    std::string_view city, state, postal_code, country;
  };
  void AddAddress(const Address& address) {
    json::object parameters;
    if (!address.country.empty()) parameters["cc"] = json::string(address.country);
    json::array parts = {"", ""};  // post office box, extended address
    parts.push_back(Street(address.street));
    parts.emplace_back(json::string(address.city));
    parts.emplace_back(json::string(address.state));
    parts.emplace_back(json::string(address.postal_code));
    parts.emplace_back("");
    Add("adr", std::move(parameters), "text", std::move(parts));
  }
  json::array Finish() && {
    json::array card = {"vcard"};
    card.push_back(std::move(properties_));
    return card;
  }

 private:
  static json::value Street(const std::vector<std::string>& lines) {
    if (lines.empty()) return "";
    if (lines.size() == 1) return json::value(json::string(lines[0]));
    json::array array;
    for (const std::string& line : lines) array.emplace_back(json::string(line));
    return array;
  }
  void Add(std::string_view name, json::object parameters, std::string_view type,
           json::value value) {
    json::array property;
    property.emplace_back(json::string(name));
    property.push_back(std::move(parameters));
    property.emplace_back(json::string(type));
    property.push_back(std::move(value));
    properties_.push_back(std::move(property));
  }

  json::array properties_;
};

}  // namespace

json::array ContactCard(const ContactView& contact) {
  Card card(contact.name.value());
  card.AddTextIfAny("org", contact.organization.value());
  if (contact.street.held() || contact.city.held() || contact.state.held() ||
      contact.country.held()) {
    card.AddAddress({contact.street.value(), contact.city.value(), contact.state.value(),
                     contact.postal_code.value(), contact.country.value()});
  }
  card.AddPhone("voice", contact.phone.value(), contact.phone_extension.value());
  card.AddPhone("fax", contact.fax.value(), contact.fax_extension.value());
  card.AddTextIfAny("email", contact.email.value());
  return std::move(card).Finish();
}

json::array RegistrarCard(const RegistrarView& registrar) {
  Card card(registrar.name);
  if (!registrar.city.empty() || !registrar.country.empty()) {
    card.AddAddress({registrar.street, registrar.city, registrar.state, registrar.postal_code,
                     registrar.country});
  }
  card.AddPhone("voice", registrar.phone);
  card.AddPhone("fax", registrar.fax);
  card.AddTextIfAny("email", registrar.email);
  return std::move(card).Finish();
}

json::array RegistrarNameCard(const RegistrarView& registrar) {
  return Card(registrar.name).Finish();
}

json::array AbuseCard(const RegistrarView& registrar) {
  Card card("Abuse Desk");
  card.AddPhone("voice", registrar.abuse_phone);
  card.AddTextIfAny("email", registrar.abuse_email);
  return std::move(card).Finish();
}

}  // namespace whois
