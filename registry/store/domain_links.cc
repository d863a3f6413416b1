#include "registry/store/domain_links.h"

#include <algorithm>
#include <utility>

namespace registry::store {
namespace {

std::vector<Link> Sorted(std::vector<Link> links) {
  std::sort(links.begin(), links.end());
  links.erase(std::unique(links.begin(), links.end()), links.end());
  return links;
}

}  // namespace

std::vector<Link> LinksOf(const Domain& domain) {
  std::vector<Link> links;
  const int64_t key = Number(domain.key);
  for (HostKey host : domain.name_servers) links.push_back({Number(host), key});
  if (Number(domain.registrant) != 0) links.push_back({Number(domain.registrant), key});
  for (const DomainContact& contact : domain.contacts) {
    links.push_back({Number(contact.contact), key});
  }
  if (domain.organizations) {
    for (const OrganizationLink& link : *domain.organizations) {
      links.push_back({LinkTarget(link.key, link.role), key});
    }
  }
  return Sorted(std::move(links));
}

std::vector<Link> LinksOf(const Organization& organization) {
  std::vector<Link> links;
  const int64_t key = Number(organization.key);
  if (organization.parent != OrganizationKey{}) {
    links.push_back({ParentTarget(organization.parent), key});
  }
  for (const OrganizationContact& contact : organization.contacts) {
    links.push_back({Number(contact.contact), key});
  }
  return Sorted(std::move(links));
}

}  // namespace registry::store
