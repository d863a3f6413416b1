#include "registry/commands/domain_info.h"

#include <algorithm>
#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/statuses.h"
#include "registry/types/roid.h"

namespace registry {
namespace {

bool WantsDelegated(DomainInfo::Hosts hosts) {
  return hosts == DomainInfo::Hosts::kAll || hosts == DomainInfo::Hosts::kDelegated;
}

bool WantsSubordinates(DomainInfo::Hosts hosts) {
  return hosts == DomainInfo::Hosts::kAll || hosts == DomainInfo::Hosts::kSubordinate;
}

std::vector<DomainName> NameServers(const Domain& domain, const WorkingSet& set) {
  std::vector<DomainName> names;
  names.reserve(domain.name_servers.size());
  for (const HostKey key : domain.name_servers) {
    if (const Host* host = set.FindHost(key)) names.push_back(host->name);
  }
  std::ranges::sort(names);
  return names;
}

std::vector<DomainName> Subordinates(const Domain& domain, const WorkingSet& set) {
  std::vector<DomainName> names;
  for (const Host* host : set.HostsBelow(domain.key)) names.push_back(host->name);
  return names;
}

std::vector<DomainInfoAnswer::ContactLink> Contacts(const Domain& domain, const WorkingSet& set) {
  std::vector<DomainInfoAnswer::ContactLink> links;
  for (const DomainContact& link : domain.contacts) {
    if (const Contact* contact = set.FindContact(link.contact)) {
      links.push_back({link.role, contact->id});
    }
  }
  return links;
}

bool RefersTo(const Domain& domain, ContactKey key) {
  return key == domain.registrant ||
         std::ranges::find(domain.contacts, key, &DomainContact::contact) != domain.contacts.end();
}

// What the given authInfo has to open; null if its owner has nothing to do with the domain.
const SealedAuthInfo* AuthOf(const std::string& owner, const Domain& domain, const Context& context,
                             const WorkingSet& set) {
  if (owner.empty()) return &domain.auth;
  const auto roid = ParseRoid(owner, context.directory.settings.repository_id);
  if (!roid) return nullptr;
  if (roid->kind == ObjectKind::kDomain) {
    return DomainKey{roid->number} == domain.key ? &domain.auth : nullptr;
  }
  const ContactKey key{roid->number};
  if (roid->kind != ObjectKind::kContact || !RefersTo(domain, key)) return nullptr;
  const Contact* contact = set.FindContact(key);
  return contact == nullptr ? nullptr : &contact->auth;
}

bool Opens(const DomainInfo& command, const Domain& domain, const Context& context,
           const WorkingSet& set) {
  const SealedAuthInfo* sealed = AuthOf(command.auth_owner, domain, context, set);
  return sealed != nullptr && command.auth->Opens(*sealed);
}

}  // namespace

DomainInfoAnswer Describe(const Domain& domain, DomainInfo::Hosts hosts, const Context& context,
                          const WorkingSet& set) {
  DomainInfoAnswer answer;
  answer.domain = domain;
  answer.statuses = ShownStatuses(domain);
  answer.rgp_statuses = RgpStatuses(domain, context.now);
  if (WantsDelegated(hosts)) answer.name_servers = NameServers(domain, set);
  if (WantsSubordinates(hosts)) answer.subordinates = Subordinates(domain, set);
  if (const Contact* registrant = set.FindContact(domain.registrant)) {
    answer.registrant = registrant->id;
  }
  answer.contacts = Contacts(domain, set);
  answer.authorized = true;
  return answer;
}

Needs NeedsOf(const DomainInfo& command) {
  Needs needs;
  needs.domains.push_back({command.name, Lock::kNone, /*details=*/true,
                           /*subordinates=*/WantsSubordinates(command.hosts)});
  return needs;
}

Outcome<DomainInfoAnswer> Apply(const DomainInfo& command, const Context& context,
                                const WorkingSet& set) {
  const Domain* domain = set.Find(command.name);
  if (domain == nullptr) return Reject(kDomainNotFound);
  if (command.auth && !Opens(command, *domain, context, set)) return Reject(kWrongAuthInfo);

  DomainInfoAnswer answer = Describe(*domain, command.hosts, context, set);
  answer.authorized = command.auth || IsSponsor(context, domain->sponsor);
  if (!answer.authorized) {
    answer.registrant.reset();
    answer.contacts.clear();
  }
  return answer;
}

}  // namespace registry
