#include "whois/jcard.h"

#include <string>
#include <string_view>
#include <vector>

namespace whois {
namespace {

// Writes ["vcard",[["version",{},"text","4.0"],...]].
class Card {
 public:
  Card(std::string_view full_name, JsonWriter& json) : json_(json) {
    json_.BeginArray().Plain("vcard").BeginArray();
    AddText("version", "4.0");
    AddText("fn", full_name);
  }
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;
  ~Card() { json_.EndArray().EndArray(); }

  void AddText(std::string_view property, std::string_view value) {
    Begin(property).BeginObject().EndObject().Plain("text").String(value).EndArray();
  }
  void AddTextIfAny(std::string_view property, std::string_view value) {
    if (!value.empty()) AddText(property, value);
  }
  // `type` is "voice" or "fax".
  void AddPhone(std::string_view type, std::string_view number, std::string_view extension = {}) {
    if (number.empty()) return;
    Begin("tel").BeginObject().PlainMember("type", type).EndObject().Plain("uri");
    if (extension.empty()) {
      json_.Joined("tel:", number);
    } else {
      json_.Joined("tel:", number, ";ext=", extension);
    }
    json_.EndArray();
  }
  // The country stands in the parameter alone (RDAP response profile 1.4).
  struct Address {
    const std::vector<std::string>& street;
    std::string_view city, state, postal_code, country;
  };
  void AddAddress(const Address& address) {
    Begin("adr").BeginObject().MemberIfAny("cc", address.country).EndObject().Plain("text");
    json_.BeginArray().Plain("").Plain("");  // post office box, extended address
    AddStreet(address.street);
    json_.String(address.city).String(address.state).String(address.postal_code).String("");
    json_.EndArray().EndArray();
  }

 private:
  JsonWriter& Begin(std::string_view property) { return json_.BeginArray().Plain(property); }
  void AddStreet(const std::vector<std::string>& lines) {
    if (lines.size() < 2) {
      json_.String(lines.empty() ? std::string_view() : std::string_view(lines[0]));
      return;
    }
    json_.BeginArray();
    for (const std::string& line : lines) json_.String(line);
    json_.EndArray();
  }

  JsonWriter& json_;
};

}  // namespace

void WriteContactCard(const ContactView& contact, JsonWriter& json) {
  Card card(contact.name.value(), json);
  card.AddTextIfAny("org", contact.organization.value());
  if (contact.street.held() || contact.city.held() || contact.state.held() ||
      contact.postal_code.held() || contact.country.held()) {
    card.AddAddress({contact.street.value(), contact.city.value(), contact.state.value(),
                     contact.postal_code.value(), contact.country.value()});
  }
  card.AddPhone("voice", contact.phone.value(), contact.phone_extension.value());
  card.AddPhone("fax", contact.fax.value(), contact.fax_extension.value());
  card.AddTextIfAny("email", contact.email.value());
}

void WriteRegistrarCard(const RegistrarView& registrar, JsonWriter& json) {
  Card card(registrar.name, json);
  if (!registrar.city.empty() || !registrar.country.empty()) {
    card.AddAddress({registrar.street, registrar.city, registrar.state, registrar.postal_code,
                     registrar.country});
  }
  card.AddPhone("voice", registrar.phone);
  card.AddPhone("fax", registrar.fax);
  card.AddTextIfAny("email", registrar.email);
}

void WriteRegistrarNameCard(const RegistrarView& registrar, JsonWriter& json) {
  const Card card(registrar.name, json);
}

void WriteRegistrarContactCard(const registry::RegistrarContact& contact, JsonWriter& json) {
  Card card(contact.name, json);
  card.AddPhone("voice", contact.phone);
  card.AddPhone("fax", contact.fax);
  card.AddTextIfAny("email", contact.email);
}

void WriteNameCard(std::string_view name, JsonWriter& json) { const Card card(name, json); }

void WriteAbuseCard(const RegistrarView& registrar, JsonWriter& json) {
  Card card("Abuse Desk", json);
  card.AddPhone("voice", registrar.abuse_phone);
  card.AddTextIfAny("email", registrar.abuse_email);
}

}  // namespace whois
