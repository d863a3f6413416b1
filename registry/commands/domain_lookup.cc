#include "registry/commands/domain_lookup.h"

#include <algorithm>
#include <utility>

#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"

namespace registry {
namespace {

std::vector<std::shared_ptr<const Host>> NameServers(const Domain& domain, const WorkingSet& set) {
  std::vector<std::shared_ptr<const Host>> hosts;
  hosts.reserve(domain.name_servers.size());
  for (const HostKey key : domain.name_servers) {
    if (auto host = set.ShareHost(key)) hosts.push_back(std::move(host));
  }
  std::ranges::sort(hosts, {}, [](const auto& host) -> const DomainName& { return host->name; });
  return hosts;
}

std::vector<DomainLookupAnswer::ContactLink> Contacts(const Domain& domain, const WorkingSet& set) {
  std::vector<DomainLookupAnswer::ContactLink> links;
  links.reserve(1 + domain.contacts.size());
  const auto add = [&](std::optional<ContactRole> role, ContactKey key) {
    if (auto contact = set.ShareContact(key)) links.push_back({role, std::move(contact)});
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

void AddVariants(const Domain& domain, const Context& context, const WorkingSet& set,
                 DomainLookupAnswer& answer) {
  const std::string key = context.directory.VariantKey(domain.name);
  answer.has_variants = !key.empty();
  for (const Domain* variant : set.Variants(key, domain.name)) {
    answer.variants.push_back({variant->name, variant->idn_table});
    answer.variants_until = std::min(answer.variants_until, NextEvent(*variant));
  }
}

}  // namespace

Needs NeedsOf(const DomainLookup& command) {
  Needs needs;
  needs.domains.push_back({command.name, Lock::kNone, /*details=*/true, command.host_names});
  needs.domains.back().reseller = true;
  needs.domains.back().variants = true;
  return needs;
}

Outcome<DomainLookupAnswer> Apply(const DomainLookup& command, const Context& context,
                                  const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  DomainLookupAnswer answer;
  const auto hosts = command.host_names ? DomainInfo::Hosts::kAll : DomainInfo::Hosts::kNone;
  answer.info = Describe(ShownAs(*domain, command.name), hosts, context, set);
  answer.name_servers = NameServers(*domain, set);
  answer.contacts = Contacts(*domain, set);
  answer.reseller = Reseller(*domain, set);
  AddVariants(*domain, context, set, answer);
  return answer;
}

}  // namespace registry
