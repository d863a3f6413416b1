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

// A name that ICANN did not register stands in "description" (RFC 9537 section 4.2).
void AddEntry(std::string_view name, bool registered, Method method, std::string_view path,
              JsonWriter& json) {
  const bool removal = method == Method::kRemoval;
  json.BeginObject();
  json.Key("name").BeginObject().Member(registered ? "type" : "description", name).EndObject();
  json.Member(removal ? "prePath" : "postPath", path);
  json.Member("pathLang", "jsonpath");
  json.Member("method", removal ? "removal" : "emptyValue");
  json.Key("reason").BeginObject().Member("description", "Server policy").EndObject();
  json.EndObject();
}

// What of a registrant can be withheld has a registered name; of a technical contact this.
bool IsRegistered(ContactRole role, std::string_view part) {
  if (role == ContactRole::kRegistrant) return true;
  return role == ContactRole::kTechnical && (part == "ID" || part == "Name" || part == "Phone" ||
                                             part == "Phone Ext" || part == "Email");
}

class ContactList {
 public:
  // `prefix` begins the names, `role` is RDAP's word.
  ContactList(std::string_view prefix, std::string_view role, JsonWriter& json)
      : prefix_(prefix),
        entity_(Concat("$.entities[?(@.roles[0]=='", role, "')]")),
        card_(Concat(entity_, ".vcardArray[1]")),
        json_(json) {}

  void Add(const ContactView& c) {
    if (c.handle.withheld()) {
      AddEntry(Concat("Registry ", prefix_, " ID"), IsRegistered(c.role, "ID"), Method::kRemoval,
               Concat(entity_, ".handle"), json_);
    }
    role_ = c.role;
    Add(c.name.withheld(), "Name", Method::kEmptyValue, "[?(@[0]=='fn')][3]");
    Add(c.organization.withheld(), "Organization", Method::kRemoval, "[?(@[0]=='org')]");
    Add(c.street.withheld(), "Street", Method::kEmptyValue, "[?(@[0]=='adr')][3][2]");
    Add(c.city.withheld(), "City", Method::kEmptyValue, "[?(@[0]=='adr')][3][3]");
    Add(c.state.withheld(), "State/Province", Method::kEmptyValue, "[?(@[0]=='adr')][3][4]");
    Add(c.country.withheld(), "Country", Method::kRemoval, "[?(@[0]=='adr')][1].cc");
    Add(c.postal_code.withheld(), "Postal Code", Method::kEmptyValue, "[?(@[0]=='adr')][3][5]");
    Add(c.phone.withheld(), "Phone", Method::kRemoval, "[?(@[1].type=='voice')]");
    Add(c.phone_extension.withheld(), "Phone Ext", Method::kRemoval, "[?(@[1].type=='voice')]");
    Add(c.fax.withheld(), "Fax", Method::kRemoval, "[?(@[1].type=='fax')]");
    Add(c.fax_extension.withheld(), "Fax Ext", Method::kRemoval, "[?(@[1].type=='fax')]");
    Add(c.email.withheld(), "Email", Method::kRemoval, "[?(@[0]=='email')]");
  }

 private:
  void Add(bool withheld, std::string_view part, Method method, std::string_view path) {
    if (!withheld) return;
    AddEntry(Concat(prefix_, " ", part), IsRegistered(role_, part), method, Concat(card_, path),
             json_);
  }

  std::string_view prefix_;
  std::string entity_;
  std::string card_;
  ContactRole role_ = ContactRole::kNone;
  JsonWriter& json_;
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
  json.BeginArray();
  for (const ContactView& contact : contacts) {
    switch (contact.role) {
      case ContactRole::kRegistrant:
        ContactList("Registrant", "registrant", json).Add(contact);
        break;
      case ContactRole::kAdministrative:
        ContactList("Admin", "administrative", json).Add(contact);
        break;
      case ContactRole::kTechnical:
        ContactList("Tech", "technical", json).Add(contact);
        break;
      case ContactRole::kBilling:
        ContactList("Billing", "billing", json).Add(contact);
        break;
      case ContactRole::kNone:
        break;
    }
  }
  json.EndArray();
}

}  // namespace whois
