#include "tests/whois/scene_searches.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "whois/rdap_search_query.h"

namespace tests {
namespace {

using registry::Contact;
using registry::Disclose;
using registry::Domain;
using registry::Host;
using registry::Number;
using registry::store::FoundObject;
using registry::store::FoundObjects;
using registry::store::KeyRange;
using registry::store::ObjectSearch;
using registry::store::TextPattern;
using whois::Matches;
namespace store = registry::store;

enum class PositionBy { kName, kKey, kNameAndKey };

template <class Object>
FoundObject Describe(const Object& object, std::string name, PositionBy by) {
  FoundObject found;
  found.name = std::move(name);
  found.key = Number(object.key);
  found.created = object.created;
  found.updated = object.updated;
  found.transferred = object.transferred;
  if constexpr (std::is_same_v<Object, Domain>) found.expires = object.expires;
  if (by != PositionBy::kKey) found.position.text = found.name;
  if (by != PositionBy::kName) found.position.key = found.key;
  return found;
}

bool IsLocalized(const Contact& contact) {
  if (!contact.international || !contact.localized) return !contact.international;
  return contact.disclose.flag && (contact.disclose.fields & 3) == Disclose::kNameLoc;
}
std::string NameOf(const Contact& contact) {
  return absl::AsciiStrToLower(
      (IsLocalized(contact) ? contact.localized : contact.international)->name);
}
bool ShowsName(const Contact& contact) {
  const unsigned field = IsLocalized(contact) ? Disclose::kNameLoc : Disclose::kNameInt;
  return contact.disclose.flag && (contact.disclose.fields & field) != 0;
}

bool IsUsed(const Domain& domain, const Contact& contact, std::optional<char> role) {
  if ((!role || role == 'r') && domain.registrant == contact.key) return true;
  return std::any_of(domain.contacts.begin(), domain.contacts.end(), [&](const auto& link) {
    return link.contact == contact.key && (!role || role == static_cast<char>(link.role));
  });
}

class Finder {
 public:
  explicit Finder(const registry::Scene& scene, const ObjectSearch& search)
      : scene_(scene), search_(search) {}

  FoundObjects operator()(const store::DomainsNamed& wanted) const {
    FoundObjects found;
    for (const auto& [key, domain] : scene_.domains) {
      if (Matches(wanted.name, domain.name.text())) {
        found.objects.push_back(Describe(domain, domain.name.text(), PositionBy::kName));
      }
    }
    return found;
  }
  FoundObjects operator()(const store::DomainsOfHostsNamed& wanted) const {
    return DomainsOf([&](const Host& host) { return Matches(wanted.name, host.name.text()); });
  }
  FoundObjects operator()(const store::DomainsOfHostsWith& wanted) const {
    return DomainsOf([&](const Host& host) { return Has(host, wanted.address); });
  }
  FoundObjects operator()(const store::DomainsOfContacts& wanted) const {
    std::vector<const Contact*> contacts;
    for (const auto& [key, contact] : scene_.contacts) {
      const bool matches =
          (!wanted.key || *wanted.key == Number(key)) &&
          (!wanted.name || Matches(*wanted.name, NameOf(contact))) &&
          (!wanted.email || Matches(*wanted.email, absl::AsciiStrToLower(contact.email)));
      if (matches) contacts.push_back(&contact);
    }
    FoundObjects found;
    found.too_many_related = std::ssize(contacts) > search_.most_related;
    for (const auto& [key, domain] : scene_.domains) {
      const bool uses = std::any_of(contacts.begin(), contacts.end(), [&](const Contact* contact) {
        return IsUsed(domain, *contact, wanted.role);
      });
      if (uses) found.objects.push_back(Describe(domain, domain.name.text(), PositionBy::kKey));
    }
    return found;
  }
  FoundObjects operator()(const store::HostsNamed& wanted) const {
    return Hosts([&](const Host& host) { return Matches(wanted.name, host.name.text()); });
  }
  FoundObjects operator()(const store::HostsWith& wanted) const {
    return Hosts([&](const Host& host) { return Has(host, wanted.address); });
  }
  FoundObjects operator()(const store::ContactsNamed& wanted) const {
    return Contacts(PositionBy::kNameAndKey, [&](const Contact& contact) {
      return Matches(wanted.name, NameOf(contact)) && (!wanted.published || ShowsName(contact));
    });
  }
  FoundObjects operator()(const store::ContactsWithKeys& wanted) const {
    return Contacts(PositionBy::kKey, [&](const Contact& contact) {
      const int64_t key = Number(contact.key);
      return (!wanted.published || ShowsName(contact)) &&
             std::any_of(wanted.keys.begin(), wanted.keys.end(), [&](const KeyRange& range) {
               return range.first <= key && key <= range.last;
             });
    });
  }

 private:
  static bool Has(const Host& host, const registry::IpAddress& address) {
    return std::find(host.addresses.begin(), host.addresses.end(), address) != host.addresses.end();
  }
  template <class Wanted>
  FoundObjects Hosts(Wanted wanted) const {
    FoundObjects found;
    for (const auto& [key, host] : scene_.hosts) {
      if (!wanted(host)) continue;
      found.objects.push_back(Describe(host, host.name.text(), PositionBy::kName));
    }
    return found;
  }
  template <class Wanted>
  FoundObjects Contacts(PositionBy by, Wanted wanted) const {
    FoundObjects found;
    for (const auto& [key, contact] : scene_.contacts) {
      if (wanted(contact)) found.objects.push_back(Describe(contact, NameOf(contact), by));
    }
    return found;
  }
  template <class Wanted>
  FoundObjects DomainsOf(Wanted wanted) const {
    FoundObjects found;
    found.too_many_related = std::count_if(scene_.hosts.begin(), scene_.hosts.end(), [&](auto& h) {
                               return wanted(h.second);
                             }) > search_.most_related;
    for (const auto& [key, domain] : scene_.domains) {
      const bool uses =
          std::any_of(domain.name_servers.begin(), domain.name_servers.end(),
                      [&](registry::HostKey host) { return wanted(scene_.hosts.at(host)); });
      if (uses) found.objects.push_back(Describe(domain, domain.name.text(), PositionBy::kKey));
    }
    return found;
  }

  const registry::Scene& scene_;
  const ObjectSearch& search_;
};

}  // namespace

void SceneSearches::Find(ObjectSearch search, Then then) {
  ++searched_;
  if (hanging_) return;
  if (!failure_.ok()) {
    then(std::exchange(failure_, absl::OkStatus()));
  } else {
    then(Found(search));
  }
}

FoundObjects SceneSearches::Found(const ObjectSearch& search) const {
  FoundObjects found = std::visit(Finder(scene_, search), search.what);
  if (found.too_many_related) found.objects.clear();
  std::vector<FoundObject>& objects = found.objects;
  if (search.from) {
    std::erase_if(objects, [&](const FoundObject& object) {
      return search.backward ? object.position >= *search.from : object.position <= *search.from;
    });
  }
  std::sort(objects.begin(), objects.end(), [&](const FoundObject& a, const FoundObject& b) {
    return search.backward ? b.position < a.position : a.position < b.position;
  });
  if (std::ssize(objects) > search.limit) objects.resize(static_cast<size_t>(search.limit));
  return found;
}

}  // namespace tests
