#include "tests/support/memory_registry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "registry/commands/domain_materialize.h"
#include "registry/lifecycle/project.h"

namespace registry {
namespace {

template <class Rows, class Field, class Value>
auto FindBy(const Rows& rows, Field field, const Value& value) -> decltype(&rows.begin()->second) {
  for (const auto& [key, row] : rows) {
    if (row.*field == value) return &row;
  }
  return nullptr;
}

// Replaces, inserts or removes one row; the change has to fit what is there.
template <class T>
void Write(const Change<T>& change, std::map<decltype(T::key), T>& rows) {
  if (change.before) {
    const auto row = rows.find(change.before->key);
    ASSERT_NE(row, rows.end()) << "changes an object that is not there";
    ASSERT_EQ(row->second, *change.before) << "starts from another state than the row's";
    if (change.after) {
      ASSERT_EQ(change.after->key, change.before->key);
      ASSERT_EQ(change.after->version, change.before->version + 1);
      row->second = *change.after;
    } else {
      rows.erase(row);
    }
  } else {
    ASSERT_TRUE(change.after.has_value()) << "neither before nor after";
    ASSERT_EQ(change.after->version, 1);
    ASSERT_TRUE(rows.emplace(change.after->key, *change.after).second) << "key taken";
  }
}

}  // namespace

std::vector<Decision> MemoryRegistry::Run(const std::vector<AnyCommand>& group,
                                          TransactionNumber first_number, absl::Time now) {
  std::vector<Needs> needs;
  for (const AnyCommand& command : group) needs.push_back(command.needs());
  const std::vector<AnyCommand> clock_first = ClockFirst(needs, now);
  for (const AnyCommand& command : clock_first) needs.push_back(command.needs());
  WorkingSet set = Load(needs, now, /*uses_as_of=*/absl::InfinitePast());
  Changes written;
  for (const AnyCommand& command : clock_first) {
    const Context context{command.asker, now, 0, "", directory};
    written.Append(set.Merge(command.decide(context, set).changes));
  }
  std::vector<Decision> decisions;
  for (const AnyCommand& command : group) {
    const Context context{command.asker, now, first_number++, "", directory};
    decisions.push_back(command.decide(context, set));
    written.Append(set.Merge(decisions.back().changes));
  }
  Write(written);
  return decisions;
}

WorkingSet MemoryRegistry::Load(const std::vector<Needs>& group, absl::Time now) const {
  return Load(group, now, now);
}

WorkingSet MemoryRegistry::Load(const std::vector<Needs>& group, absl::Time now,
                                absl::Time uses_as_of) const {
  WorkingSet set;
  set.SetBundles(directory.bundles());
  set.SetUsedTlds(UsedTlds());
  for (const Registrar* registrar : directory.registrars()) {
    const auto balance = balances.find(registrar->key);
    set.SetBalance(registrar->key, balance == balances.end() ? Money{} : balance->second);
  }
  for (const Needs& needs : group) {
    LoadDomains(needs, now, set);
    LoadHosts(needs, now, uses_as_of, set);
    LoadContacts(needs, now, uses_as_of, set);
    LoadOrganizations(needs, uses_as_of, set);
    LoadPollQueue(needs, set);
    if (needs.failed_logins == kNoRegistrar) continue;
    const auto failures = failed_logins.find(needs.failed_logins);
    set.SetFailedLogins(needs.failed_logins, failures == failed_logins.end()
                                                 ? WorkingSet::FailuresByHour()
                                                 : failures->second);
  }
  for (const Needs& needs : group) {
    LoadListed(needs, set);
    LoadMaintenances(needs, set);
  }
  return set;
}

void MemoryRegistry::LoadDomains(const Needs& needs, absl::Time now, WorkingSet& set) const {
  for (const Needs::DomainNeed& need : needs.domains) {
    if (need.variants) LoadVariants(need.name, now, set);
    const Domain* row = FindRow(need.name);
    if (row == nullptr) {
      set.AddAbsentDomain(need.name);
      continue;
    }
    AddProjected(*row, now, set);
    if (need.details) AddDetails(*row, now, set);
    if (need.reseller && row->organizations) {
      for (const OrganizationLink& link : *row->organizations) {
        if (link.role == OrganizationRole::kReseller) set.Add(organizations.at(link.key));
      }
    }
    if (!need.subordinates) continue;
    for (const auto& [key, host] : hosts) {
      if (host.superordinate == row->key) set.Add(host);
    }
    set.SetSubordinatesLoaded(row->key);
  }
  for (const DomainKey key : needs.domain_keys) {
    if (const auto row = domains.find(key); row != domains.end()) {
      AddProjected(row->second, now, set);
    }
  }
}

void MemoryRegistry::LoadVariants(const DomainName& name, absl::Time now, WorkingSet& set) const {
  const std::string wanted = directory.VariantKey(directory.bundles().Primary(name));
  if (wanted.empty()) return;
  set.SetVariantsLoaded(wanted);
  for (const auto& [key, row] : domains) {
    if (row.variant_key == wanted) AddProjected(row, now, set);
  }
}

void MemoryRegistry::AddProjected(const Domain& row, absl::Time now, WorkingSet& set) const {
  Projection projection = Project(row, now, directory);
  set.Add(std::move(projection.domain), std::move(projection.arrears));
}

void MemoryRegistry::AddProjected(const Contact& row, absl::Time now, WorkingSet& set) const {
  ContactProjection projection = Project(row, now);
  set.Add(std::move(projection.contact), std::move(projection.arrears));
}

void MemoryRegistry::AddDetails(const Domain& row, absl::Time now, WorkingSet& set) const {
  for (const HostKey host : row.name_servers) set.Add(hosts.at(host));
  for (const DomainContact& link : row.contacts) AddProjected(contacts.at(link.contact), now, set);
  if (row.registrant != ContactKey{}) AddProjected(contacts.at(row.registrant), now, set);
}

void MemoryRegistry::LoadHosts(const Needs& needs, absl::Time now, absl::Time uses_as_of,
                               WorkingSet& set) const {
  const auto add = [&](const Host& host, bool links) {
    set.Add(host);
    if (links) set.SetUse(host.key, UseOf(host, uses_as_of));
  };
  for (const Needs::HostNeed& need : needs.hosts) {
    const Host* row = FindHost(need.name);
    if (row == nullptr) {
      set.AddAbsentHost(need.name);
    } else {
      add(*row, need.links);
    }
  }
  for (const auto& row : hosts) {
    const Host& host = row.second;
    const bool addressed = std::ranges::any_of(needs.host_addresses, [&](const IpAddress& a) {
      return std::ranges::find(host.addresses, a) != host.addresses.end();
    });
    if (!addressed) continue;
    add(host, false);
    if (const auto above = domains.find(host.superordinate); above != domains.end()) {
      AddProjected(above->second, now, set);
    }
  }
}

void MemoryRegistry::LoadContacts(const Needs& needs, absl::Time now, absl::Time uses_as_of,
                                  WorkingSet& set) const {
  const auto add = [&](const Contact& contact, bool links) {
    AddProjected(contact, now, set);
    if (links) set.SetUse(contact.key, UseOf(contact, uses_as_of));
  };
  for (const Needs::ContactNeed& need : needs.contacts) {
    const Contact* row = FindContact(need.id);
    if (row == nullptr) {
      set.AddAbsentContact(need.id);
    } else {
      add(*row, need.links);
    }
  }
  for (const ContactKey key : needs.contact_keys) {
    if (const auto row = contacts.find(key); row != contacts.end()) {
      add(row->second, needs.contact_key_links);
    }
  }
}

void MemoryRegistry::LoadOrganizations(const Needs& needs, absl::Time uses_as_of,
                                       WorkingSet& set) const {
  for (const Needs::OrganizationNeed& need : needs.organizations) {
    const Organization* row = FindOrganization(need.id);
    if (row == nullptr) {
      set.AddAbsentOrganization(need.id);
      continue;
    }
    set.Add(*row);
    if (!need.links) continue;
    for (const OrganizationRole role : kOrganizationRoles) {
      set.SetUseOfTarget(LinkTarget(row->key, role), UseOf(*row, role, uses_as_of));
    }
    Use children;
    for (const auto& [key, other] : organizations) children.links += other.parent == row->key;
    set.SetUseOfTarget(ParentTarget(row->key), children);
  }
}

void MemoryRegistry::LoadListed(const Needs& needs, WorkingSet& set) const {
  for (const Needs::DomainNeed& need : needs.domains) {
    if (!need.listed) continue;
    const auto found = listed.find(directory.bundles().Primary(need.name));
    set.SetListed(need.name, found == listed.end() ? std::nullopt : std::optional(found->second));
  }
  for (const std::string& digest : needs.tokens) {
    const auto found = tokens.find(digest);
    set.SetToken(digest, found == tokens.end() ? std::nullopt : std::optional(found->second));
  }
}

void MemoryRegistry::LoadMaintenances(const Needs& needs, WorkingSet& set) const {
  for (const std::string& id : needs.maintenances) {
    const auto found = maintenances.find(id);
    set.SetMaintenance(id,
                       found == maintenances.end() ? std::nullopt : std::optional(found->second));
  }
  if (!needs.maintenance_list) return;
  std::vector<Maintenance> list;
  for (const auto& [id, maintenance] : maintenances) list.push_back(maintenance);
  set.SetMaintenanceList(std::move(list));
}

// A queue may be asked for by several commands of a group, each with its message.
void MemoryRegistry::LoadPollQueue(const Needs& needs, WorkingSet& set) const {
  if (needs.poll_queue == kNoRegistrar) return;
  WorkingSet::PollQueue queue;
  for (const PollMessage& message : messages) {
    if (message.registrar != needs.poll_queue) continue;
    if (queue.count++ == 0) queue.oldest = message;
    queue.asked.push_back(message);
  }
  set.SetQueue(needs.poll_queue, std::move(queue));
}

std::vector<AnyCommand> MemoryRegistry::ClockFirst(const std::vector<Needs>& group,
                                                   absl::Time now) const {
  std::set<int64_t> targets;
  std::set<std::string> variants;
  for (const Needs& needs : group) {
    for (const Needs::DomainNeed& need : needs.domains) {
      if (need.variants) variants.insert(directory.VariantKey(need.name));
    }
    for (const Needs::HostNeed& need : needs.hosts) {
      const Host* host = FindHost(need.name);
      if (host != nullptr && need.links) targets.insert(Number(host->key));
    }
    for (const Needs::ContactNeed& need : needs.contacts) {
      const Contact* contact = FindContact(need.id);
      if (contact != nullptr && need.links) targets.insert(Number(contact->key));
    }
    for (const Needs::OrganizationNeed& need : needs.organizations) {
      const Organization* organization = FindOrganization(need.id);
      if (organization != nullptr && need.links) targets.insert(Number(organization->key));
    }
  }
  const auto hit = [&](auto key) { return targets.contains(Number(key)); };
  const auto hit_organization = [&](const Domain& domain) {
    return domain.organizations &&
           std::ranges::any_of(*domain.organizations, hit, &OrganizationLink::key);
  };
  std::vector<AnyCommand> commands;
  for (const auto& [key, domain] : domains) {
    const bool leaves = domain.phase != DomainPhase::kActive && domain.phase_ends <= now;
    const bool moves = IsPending(domain.transfer) && domain.transfer->acted <= now;
    if (!leaves && !moves) continue;
    if (std::ranges::any_of(domain.name_servers, hit) || hit(domain.registrant) ||
        std::ranges::any_of(domain.contacts, hit, &DomainContact::contact) ||
        hit_organization(domain) ||
        (!domain.variant_key.empty() && variants.contains(domain.variant_key))) {
      commands.push_back(MakeCommand(kLifecycle, "domain-materialize", DomainMaterialize{key}));
    }
  }
  return commands;
}

void MemoryRegistry::Write(const Changes& changes) {
  for (const Change<Domain>& change : changes.domains) registry::Write(change, domains);
  for (const Change<Host>& change : changes.hosts) registry::Write(change, hosts);
  for (const Change<Contact>& change : changes.contacts) registry::Write(change, contacts);
  for (const Change<Organization>& change : changes.organizations) {
    registry::Write(change, organizations);
  }
  for (const LedgerEntry& entry : changes.ledger) {
    ledger.push_back(entry);
    balances[entry.registrar] += entry.amount;
  }
  for (PollMessage message : changes.messages) {
    message.id = ++last_message_;
    messages.push_back(std::move(message));
  }
  for (const auto& removed : changes.removed_messages) {
    std::erase_if(messages, [&](const PollMessage& message) {
      return message.registrar == removed.first && message.id == removed.second;
    });
  }
  for (const FailedLoginStep& step : changes.failed_logins) {
    if (step.failed_in) {
      ++failed_logins[step.registrar][*step.failed_in];
    } else {
      failed_logins.erase(step.registrar);
    }
  }
  for (const AllocationToken& used : changes.used_tokens) ++tokens.at(used.digest).uses;
  for (const Registrar& registrar : changes.registrars) directory.Add(registrar);
  for (const TldPolicy& policy : changes.tlds) directory.Add(policy);
  for (const IdnTable& table : changes.idn_tables) directory.Add(table);
}

std::vector<std::string> MemoryRegistry::UsedTlds() const {
  std::set<std::string> tlds;
  for (const auto& [key, row] : domains) tlds.insert(std::string(row.name.tld()));
  return {tlds.begin(), tlds.end()};
}

const Domain* MemoryRegistry::FindRow(const DomainName& name) const {
  return FindBy(domains, &Domain::name, directory.bundles().Primary(name));
}
const Host* MemoryRegistry::FindHost(const DomainName& name) const {
  return FindBy(hosts, &Host::name, name);
}
const Contact* MemoryRegistry::FindContact(const ContactId& id) const {
  return FindBy(contacts, &Contact::id, id);
}
const Organization* MemoryRegistry::FindOrganization(const OrganizationId& id) const {
  return FindBy(organizations, &Organization::id, id);
}

Use MemoryRegistry::UseOf(const Host& host, absl::Time now) const {
  Use use;
  for (const auto& [key, domain] : domains) {
    if (!Project(domain, now, directory).domain) continue;
    if (std::ranges::find(domain.name_servers, host.key) == domain.name_servers.end()) continue;
    ++use.links;
    use.by_other_sponsors |= domain.sponsor != host.sponsor;
    use.sponsors.push_back(domain.sponsor);
  }
  std::ranges::sort(use.sponsors);
  use.sponsors.erase(std::unique(use.sponsors.begin(), use.sponsors.end()), use.sponsors.end());
  return use;
}

Use MemoryRegistry::UseOf(const Contact& contact, absl::Time now) const {
  Use use;
  for (const auto& [key, domain] : domains) {
    if (!Project(domain, now, directory).domain) continue;
    const auto as_contact =
        std::ranges::find(domain.contacts, contact.key, &DomainContact::contact);
    use.links += domain.registrant == contact.key || as_contact != domain.contacts.end();
  }
  for (const auto& [key, organization] : organizations) {
    const auto as_contact =
        std::ranges::find(organization.contacts, contact.key, &OrganizationContact::contact);
    use.links += as_contact != organization.contacts.end();
  }
  return use;
}

Use MemoryRegistry::UseOf(const Organization& organization, OrganizationRole role,
                          absl::Time now) const {
  Use use;
  for (const auto& [key, row] : domains) {
    const std::optional<Domain> domain = Project(row, now, directory).domain;
    if (!domain || !domain->organizations) continue;
    const auto& links = *domain->organizations;
    use.links += std::ranges::find(links, OrganizationLink{role, organization.key,
                                                           organization.id}) != links.end();
  }
  return use;
}

}  // namespace registry
