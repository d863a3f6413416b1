#include "whois/redacted.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "registry/base/text.h"

namespace whois {
namespace {

using registry::Concat;

// How a part disappears: its place stays and is empty, or there is nothing where it was.
enum class Method : bool { kEmptyValue, kRemoval };

// The entry is the same whatever was withheld, so it is written once. A name that ICANN did not
// register stands in "description" (RFC 9537 section 4.2).
std::string Entry(std::string_view name, bool registered, Method method, std::string_view path) {
  const bool removal = method == Method::kRemoval;
  JsonWriter json;
  json.BeginObject();
  json.Key("name").BeginObject().Member(registered ? "type" : "description", name).EndObject();
  json.Member(removal ? "prePath" : "postPath", path);
  json.Member("pathLang", "jsonpath");
  json.Member("method", removal ? "removal" : "emptyValue");
  json.Key("reason").BeginObject().Member("description", "Server policy").EndObject();
  json.EndObject();
  return json.Finish();
}

// The registered names begin with "Registrant" or "Tech", and of a technical contact only these
// parts have one.
bool IsRegistered(std::string_view prefix, std::string_view part) {
  if (prefix == "Registrant") return true;
  return prefix == "Tech" && (part == "ID" || part == "Name" || part == "Phone" ||
                              part == "Phone Ext" || part == "Email");
}

// The entries of one role, in RDAP's word.
class RoleEntries {
 public:
  RoleEntries(std::string_view prefix, std::string_view role)
      : prefix_(prefix),
        entity_(Concat("$.entities[?(@.roles[0]=='", role, "')]")),
        handle_(Entry(Concat("Registry ", prefix, " ID"), IsRegistered(prefix, "ID"),
                      Method::kRemoval, Concat(entity_, ".handle"))),
        name_(OfCard("Name", Method::kEmptyValue, "[?(@[0]=='fn')][3]")),
        organization_(OfCard("Organization", Method::kRemoval, "[?(@[0]=='org')]")),
        street_(OfCard("Street", Method::kEmptyValue, "[?(@[0]=='adr')][3][2]")),
        city_(OfCard("City", Method::kEmptyValue, "[?(@[0]=='adr')][3][3]")),
        state_(OfCard("State/Province", Method::kEmptyValue, "[?(@[0]=='adr')][3][4]")),
        country_(OfCard("Country", Method::kRemoval, "[?(@[0]=='adr')][1].cc")),
        postal_code_(OfCard("Postal Code", Method::kEmptyValue, "[?(@[0]=='adr')][3][5]")),
        phone_(OfCard("Phone", Method::kRemoval, "[?(@[1].type=='voice')]")),
        phone_extension_(OfCard("Phone Ext", Method::kRemoval, "[?(@[1].type=='voice')]")),
        fax_(OfCard("Fax", Method::kRemoval, "[?(@[1].type=='fax')]")),
        fax_extension_(OfCard("Fax Ext", Method::kRemoval, "[?(@[1].type=='fax')]")),
        email_(OfCard("Email", Method::kRemoval, "[?(@[0]=='email')]")) {}

  void Write(const ContactView& c, JsonWriter& json) const {
    Add(c.handle.withheld(), handle_, json);
    Add(c.name.withheld(), name_, json);
    Add(c.organization.withheld(), organization_, json);
    Add(c.street.withheld(), street_, json);
    Add(c.city.withheld(), city_, json);
    Add(c.state.withheld(), state_, json);
    Add(c.country.withheld(), country_, json);
    Add(c.postal_code.withheld(), postal_code_, json);
    Add(c.phone.withheld(), phone_, json);
    Add(c.phone_extension.withheld(), phone_extension_, json);
    Add(c.fax.withheld(), fax_, json);
    Add(c.fax_extension.withheld(), fax_extension_, json);
    Add(c.email.withheld(), email_, json);
  }

 private:
  std::string OfCard(std::string_view part, Method method, std::string_view path) const {
    return Entry(Concat(prefix_, " ", part), IsRegistered(prefix_, part), method,
                 Concat(entity_, ".vcardArray[1]", path));
  }
  static void Add(bool withheld, const std::string& entry, JsonWriter& json) {
    if (withheld) json.Raw(entry);
  }

  const std::string prefix_, entity_;
  const std::string handle_, name_, organization_, street_, city_, state_, country_, postal_code_,
      phone_, phone_extension_, fax_, fax_extension_, email_;
};

}  // namespace

bool HasRedactions(const std::vector<ContactView>& contacts) {
  return std::ranges::any_of(contacts, [](const ContactView& c) {
    return c.handle.withheld() || c.name.withheld() || c.organization.withheld() ||
           c.street.withheld() || c.city.withheld() || c.state.withheld() ||
           c.postal_code.withheld() || c.country.withheld() || c.phone.withheld() ||
           c.phone_extension.withheld() || c.fax.withheld() || c.fax_extension.withheld() ||
           c.email.withheld();
  });
}

void WriteRedacted(const std::vector<ContactView>& contacts, JsonWriter& json) {
  static const RoleEntries registrant("Registrant", "registrant");
  static const RoleEntries administrative("Admin", "administrative");
  static const RoleEntries technical("Tech", "technical");
  static const RoleEntries billing("Billing", "billing");
  json.BeginArray();
  for (const ContactView& contact : contacts) {
    switch (contact.role) {
      case ContactRole::kRegistrant:
        registrant.Write(contact, json);
        break;
      case ContactRole::kAdministrative:
        administrative.Write(contact, json);
        break;
      case ContactRole::kTechnical:
        technical.Write(contact, json);
        break;
      case ContactRole::kBilling:
        billing.Write(contact, json);
        break;
      case ContactRole::kNone:
        break;
    }
  }
  json.EndArray();
}

}  // namespace whois
