#include "registry/commands/domain_lookup.h"

#include <algorithm>
#include <utility>

#include "registry/rules/bundles.h"

namespace registry {
namespace {

std::vector<Host> NameServers(const Domain& domain, const WorkingSet& set) {
  std::vector<Host> hosts;
  hosts.reserve(domain.name_servers.size());
  for (const HostKey key : domain.name_servers) {
    if (const Host* host = set.FindHost(key)) hosts.push_back(*host);
  }
  std::ranges::sort(hosts, {}, &Host::name);
  return hosts;
}

std::vector<DomainLookupAnswer::ContactLink> Contacts(const Domain& domain, const WorkingSet& set) {
  std::vector<DomainLookupAnswer::ContactLink> links;
  links.reserve(1 + domain.contacts.size());
  const auto add = [&](std::optional<ContactRole> role, ContactKey key) {
    if (const Contact* contact = set.FindContact(key)) links.push_back({role, *contact});
  };
  add(std::nullopt, domain.registrant);
  for (const DomainContact& link : domain.contacts) add(link.role, link.contact);
  return links;
}

std::optional<Organization> Reseller(const Domain& domain, const WorkingSet& set) {
  if (!domain.organizations) return std::nullopt;
  for (const OrganizationLink& link : *domain.organizations) {
    if (link.role != OrganizationRole::kReseller) continue;
    if (const Organization* organization = set.FindOrganization(link.key)) return *organization;
  }
  return std::nullopt;
}

}  // namespace

Needs NeedsOf(const DomainLookup& command) {
  Needs needs;
  needs.domains.push_back({command.name, Lock::kNone, /*details=*/true, command.subordinates});
  needs.domains.back().reseller = true;
  return needs;
}

Outcome<DomainLookupAnswer> Apply(const DomainLookup& command, const Context& context,
                                  const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  DomainLookupAnswer answer;
  const auto hosts = command.subordinates ? DomainInfo::Hosts::kAll : DomainInfo::Hosts::kDelegated;
  answer.info = Describe(ShownAs(*domain, command.name), hosts, context, set);
  answer.name_servers = NameServers(*domain, set);
  answer.contacts = Contacts(*domain, set);
  answer.reseller = Reseller(*domain, set);
  return answer;
}

}  // namespace registry
