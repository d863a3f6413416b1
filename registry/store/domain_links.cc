#include "registry/store/domain_links.h"

#include <algorithm>

namespace registry::store {

std::vector<Link> LinksOf(const Domain& domain) {
  std::vector<Link> links;
  const int64_t key = Number(domain.key);
  for (HostKey host : domain.name_servers) links.push_back({Number(host), key});
  if (Number(domain.registrant) != 0) links.push_back({Number(domain.registrant), key});
  for (const DomainContact& contact : domain.contacts) {
    links.push_back({Number(contact.contact), key});
  }
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  return links;
}

}  // namespace registry::store
