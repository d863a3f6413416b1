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

void AddEntry(std::string_view name, Method method, std::string_view path, JsonWriter& json) {
  const bool removal = method == Method::kRemoval;
  json.BeginObject();
  json.Key("name").BeginObject().Member("type", name).EndObject();
  json.Member(removal ? "prePath" : "postPath", path);
  json.Member("pathLang", "jsonpath");
  json.Member("method", removal ? "removal" : "emptyValue");
  json.Key("reason").BeginObject().Member("description", "Server policy").EndObject();
  json.EndObject();
}

// The registered names begin with "Registrant" or "Tech"; only these roles have withheld parts.
class ContactList {
 public:
  ContactList(std::string_view prefix, std::string_view role, JsonWriter& json)
      : prefix_(prefix),
        entity_(Concat("$.entities[?(@.roles[0]=='", role, "')]")),
        card_(Concat(entity_, ".vcardArray[1]")),
        json_(json) {}

  void Add(const ContactView& c) {
    if (c.handle.withheld()) {
      AddEntry(Concat("Registry ", prefix_, " ID"), Method::kRemoval, Concat(entity_, ".handle"),
               json_);
    }
    Add(c.name.withheld(), "Name", Method::kEmptyValue, "[?(@[0]=='fn')][3]");
    Add(c.organization.withheld(), "Organization", Method::kRemoval, "[?(@[0]=='org')]");
    Add(c.street.withheld(), "Street", Method::kEmptyValue, "[?(@[0]=='adr')][3][2]");
    Add(c.city.withheld(), "City", Method::kEmptyValue, "[?(@[0]=='adr')][3][3]");
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
    AddEntry(Concat(prefix_, " ", part), method, Concat(card_, path), json_);
  }

  std::string_view prefix_;
  std::string entity_;
  std::string card_;
  JsonWriter& json_;
};

}  // namespace

bool HasRedactions(const std::vector<ContactView>& contacts) {
  return std::ranges::any_of(contacts, [](const ContactView& c) {
    return (c.role == ContactRole::kRegistrant || c.role == ContactRole::kTechnical) &&
           (c.handle.withheld() || c.name.withheld() || c.organization.withheld() ||
            c.street.withheld() || c.city.withheld() || c.postal_code.withheld() ||
            c.phone.withheld() || c.phone_extension.withheld() || c.fax.withheld() ||
            c.fax_extension.withheld() || c.email.withheld());
  });
}

void WriteRedacted(const std::vector<ContactView>& contacts, JsonWriter& json) {
  json.BeginArray();
  for (const ContactView& contact : contacts) {
    if (contact.role == ContactRole::kRegistrant) {
      ContactList("Registrant", "registrant", json).Add(contact);
    } else if (contact.role == ContactRole::kTechnical) {
      ContactList("Tech", "technical", json).Add(contact);
    }
  }
  json.EndArray();
}

}  // namespace whois
