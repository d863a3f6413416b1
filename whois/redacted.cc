#include "whois/redacted.h"

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "registry/base/text.h"

namespace whois {
namespace {

namespace json = boost::json;
using registry::Concat;

// How a part disappears: its place stays and is empty, or there is nothing where it was.
enum class Method : bool { kEmptyValue, kRemoval };

json::object Entry(std::string_view name, Method method, std::string_view path) {
  const bool removal = method == Method::kRemoval;
  json::object entry;
  entry["name"] = json::object{{"type", json::string(name)}};
  entry[removal ? "prePath" : "postPath"] = json::string(path);
  entry["pathLang"] = "jsonpath";
  entry["method"] = removal ? "removal" : "emptyValue";
  entry["reason"] = json::object{{"description", "Server policy"}};
  return entry;
}

// The registered names begin with "Registrant" or "Tech"; only these roles have withheld parts.
class ContactList {
 public:
  ContactList(std::string_view prefix, std::string_view role, json::array& list)
      : prefix_(prefix),
        entity_(Concat("$.entities[?(@.roles[0]=='", role, "')]")),
        card_(Concat(entity_, ".vcardArray[1]")),
        list_(list) {}

  void Add(const ContactView& c) {
    if (c.handle.withheld()) {
      list_.push_back(
          Entry(Concat("Registry ", prefix_, " ID"), Method::kRemoval, Concat(entity_, ".handle")));
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
    list_.push_back(Entry(Concat(prefix_, " ", part), method, Concat(card_, path)));
  }

  std::string_view prefix_;
  std::string entity_;
  std::string card_;
  json::array& list_;
};

}  // namespace

json::array RedactedList(const std::vector<ContactView>& contacts) {
  json::array list;
  for (const ContactView& contact : contacts) {
    if (contact.role == ContactRole::kRegistrant) {
      ContactList("Registrant", "registrant", list).Add(contact);
    } else if (contact.role == ContactRole::kTechnical) {
      ContactList("Tech", "technical", list).Add(contact);
    }
  }
  return list;
}

}  // namespace whois
