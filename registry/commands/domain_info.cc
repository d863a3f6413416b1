#include "registry/commands/domain_info.h"

#include <algorithm>
#include <string>
#include <utility>

#include "registry/rules/access.h"
#include "registry/rules/bundles.h"
#include "registry/rules/grace_periods.h"
#include "registry/rules/record_ttls.h"
#include "registry/rules/statuses.h"

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
  if (command.credential && !Opens(*command.credential, *domain, context, set)) {
    return Reject(kWrongAuthInfo);
  }
  if (command.asks_token) {
    if (!IsSponsor(context, domain->sponsor)) return Reject(kTokenNotShown);
    if (!domain->token) return Reject(kTokenNotFound);
  }
  if (command.launch_phase && !(domain->launch && domain->launch->phase == *command.launch_phase)) {
    return Reject(kLaunchedOtherwise, std::string(LaunchPhaseName(*command.launch_phase)));
  }

  DomainInfoAnswer answer = Describe(ShownAs(*domain, command.name), command.hosts, context, set);
  answer.authorized = command.credential || IsSponsor(context, domain->sponsor);
  answer.ttls = ShowTtls(command.ttls, context.directory.Tld(command.name.tld()), domain->ttls);
  if (command.launch_phase) {
    answer.launch = *domain->launch;
    if (!command.include_mark || !answer.authorized) answer.launch->mark.clear();
  }
  if (command.asks_token) answer.token = domain->token->text;
  if (!answer.authorized) {
    answer.registrant.reset();
    answer.contacts.clear();
    answer.domain.organizations.reset();
  }
  return answer;
}

}  // namespace registry
