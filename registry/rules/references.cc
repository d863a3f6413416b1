#include "registry/rules/references.h"

#include <algorithm>

#include "registry/base/text.h"
#include "registry/rules/reasons.h"

namespace registry {

std::string_view RoleName(ContactRole role) {
  switch (role) {
    case ContactRole::kAdmin:
      return "admin";
    case ContactRole::kBilling:
      return "billing";
    case ContactRole::kTech:
      return "tech";
  }
  return "admin";
}

std::string DescribeContact(ContactRole role, const ContactId& id) {
  return Concat(id.text(), " as ", RoleName(role));
}

Outcome<ContactKey> ResolveRegistrant(const ContactId& id, const WorkingSet& set) {
  const Contact* contact = set.FindContact(id);
  if (contact == nullptr) return Reject(kRegistrantNotFound, id.text());
  return contact->key;
}

Outcome<std::vector<DomainContact>> ResolveContacts(const std::vector<ContactLink>& links,
                                                    const WorkingSet& set) {
  std::vector<DomainContact> contacts;
  contacts.reserve(links.size());
  for (const ContactLink& link : links) {
    const Contact* contact = set.FindContact(link.id);
    if (contact == nullptr) return Reject(kContactNotFound, link.id.text());
    contacts.push_back({link.role, contact->key});
  }
  std::ranges::sort(contacts);
  return contacts;
}

Outcome<std::vector<HostKey>> ResolveHosts(const std::vector<DomainName>& names,
                                           const WorkingSet& set) {
  std::vector<HostKey> hosts;
  hosts.reserve(names.size());
  for (const DomainName& name : names) {
    const Host* host = set.FindHost(name);
    if (host == nullptr) return Reject(kHostNotFound, name.text());
    hosts.push_back(host->key);
  }
  std::ranges::sort(hosts);
  return hosts;
}

std::optional<Rejection> CheckAddressed(const std::vector<HostKey>& hosts, const WorkingSet& set) {
  for (const HostKey key : hosts) {
    const Host* host = set.FindHost(key);
    const bool subordinate = host->superordinate != DomainKey{};
    if (subordinate && host->addresses.empty()) {
      return Reject(kHostWithoutAddress, host->name.text());
    }
  }
  return std::nullopt;
}

}  // namespace registry
