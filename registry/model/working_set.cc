#include "registry/model/working_set.h"

#include <algorithm>
#include <utility>

#include "registry/base/check.h"

namespace registry {
namespace {

// Null if there is none.
template <class Map, class Key>
auto* Lookup(Map& map, const Key& key) {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : &found->second;
}

// Aborts if there is none: nobody loaded it.
template <class Map, class Key>
auto& Loaded(Map& map, const Key& key) {
  auto* value = Lookup(map, key);
  POSTEL_CHECK(value != nullptr);
  return *value;
}

std::vector<const Host*> ByName(std::vector<const Host*> hosts) {
  std::sort(hosts.begin(), hosts.end(),
            [](const Host* a, const Host* b) { return a->name < b->name; });
  return hosts;
}

void CountLink(Use& use, int64_t difference) {
  if (use.links > Use::kCountedLinks) return;  // "many" stays many: the real number is not known
  use.links = std::max<int64_t>(0, use.links + difference);
  if (!use.linked()) use.by_other_sponsors = false;
}

// Each once, whatever its roles.
std::vector<ContactKey> ContactsOf(const Domain& domain) {
  std::vector<ContactKey> keys = {domain.registrant};
  for (const DomainContact& contact : domain.contacts) keys.push_back(contact.contact);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

std::vector<ContactKey> ContactsOf(const Organization& organization) {
  std::vector<ContactKey> keys;
  for (const OrganizationContact& contact : organization.contacts) keys.push_back(contact.contact);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

// What an arrears' first change says of the row that the database has.
const Domain* RowBehind(const Changes& arrears) {
  if (arrears.domains.empty()) return nullptr;
  return &*arrears.domains.front().before;
}

}  // namespace

const Domain* WorkingSet::Find(const DomainName& name) const {
  const DomainEntry& entry =
      bundles_.empty() ? Loaded(domains_, name) : Loaded(domains_, bundles_.Primary(name));
  return entry.current ? &*entry.current : nullptr;
}

const Domain* WorkingSet::Find(DomainKey key) const {
  const DomainName* name = Lookup(domain_names_, key);
  if (name == nullptr) return nullptr;
  const Domain* domain = Find(*name);
  return domain != nullptr && domain->key == key ? domain : nullptr;
}

const Host* WorkingSet::FindHost(const DomainName& name) const {
  return FindHost(Loaded(host_keys_, name));
}

const Host* WorkingSet::FindHost(HostKey key) const {
  const std::shared_ptr<const Host>* host = Lookup(hosts_, key);
  return host == nullptr ? nullptr : host->get();
}

std::shared_ptr<const Host> WorkingSet::ShareHost(HostKey key) const {
  const std::shared_ptr<const Host>* host = Lookup(hosts_, key);
  return host == nullptr ? nullptr : *host;
}

const Contact* WorkingSet::FindContact(const ContactId& id) const {
  return FindContact(Loaded(contact_keys_, id));
}

const Contact* WorkingSet::FindContact(ContactKey key) const {
  const ContactEntry* entry = Lookup(contacts_, key);
  return entry == nullptr ? nullptr : entry->current.get();
}

std::shared_ptr<const Contact> WorkingSet::ShareContact(ContactKey key) const {
  const ContactEntry* entry = Lookup(contacts_, key);
  return entry == nullptr ? nullptr : entry->current;
}

const Organization* WorkingSet::FindOrganization(const OrganizationId& id) const {
  return Lookup(organizations_, Loaded(organization_keys_, id));
}

const Organization* WorkingSet::FindOrganization(OrganizationKey key) const {
  return Lookup(organizations_, key);
}

Use WorkingSet::HostUse(HostKey key) const { return Loaded(host_use_, key); }

Use WorkingSet::ContactUse(ContactKey key) const { return Loaded(contact_use_, key); }

Use WorkingSet::OrganizationUse(OrganizationKey key, OrganizationRole role) const {
  return Loaded(target_use_, LinkTarget(key, role));
}

Use WorkingSet::ParentUse(OrganizationKey key) const {
  return Loaded(target_use_, ParentTarget(key));
}

std::vector<const Host*> WorkingSet::HostsBelow(DomainKey domain) const {
  POSTEL_CHECK(subordinates_loaded_.contains(domain));
  std::vector<const Host*> found;
  for (const auto& [key, host] : hosts_) {
    if (host->superordinate == domain) found.push_back(host.get());
  }
  return ByName(std::move(found));
}

std::vector<const Host*> WorkingSet::HostsWith(const IpAddress& address) const {
  std::vector<const Host*> found;
  for (const auto& [key, host] : hosts_) {
    if (std::binary_search(host->addresses.begin(), host->addresses.end(), address)) {
      found.push_back(host.get());
    }
  }
  return ByName(std::move(found));
}

std::vector<const Domain*> WorkingSet::Variants(std::string_view key, const DomainName& but) const {
  std::vector<const Domain*> found;
  if (key.empty()) return found;
  POSTEL_CHECK(variants_loaded_.contains(std::string(key)));
  for (const auto& [name, entry] : domains_) {
    if (entry.current && entry.current->variant_key == key && name != but) {
      found.push_back(&*entry.current);
    }
  }
  std::ranges::sort(found, {}, [](const Domain* domain) { return domain->name; });
  return found;
}

bool WorkingSet::VariantLingers(std::string_view key, const DomainName& but) const {
  if (key.empty()) return false;
  return std::ranges::any_of(domains_, [&](const auto& entry) {
    const Domain* row = RowBehind(entry.second.arrears);
    return !entry.second.current && row != nullptr && row->variant_key == key && entry.first != but;
  });
}

Money WorkingSet::Balance(RegistrarKey registrar) const { return Loaded(balances_, registrar); }

const Changes* WorkingSet::Arrears(DomainKey key) const {
  const DomainName* name = Lookup(domain_names_, key);
  if (name == nullptr) return nullptr;
  const Changes& arrears = Loaded(domains_, *name).arrears;
  const Domain* row = RowBehind(arrears);
  return row != nullptr && row->key == key ? &arrears : nullptr;
}

const Changes* WorkingSet::Arrears(ContactKey key) const {
  const ContactEntry* entry = Lookup(contacts_, key);
  return entry == nullptr || entry->arrears.empty() ? nullptr : &entry->arrears;
}

const WorkingSet::PollQueue& WorkingSet::Queue(RegistrarKey registrar) const {
  return Loaded(queues_, registrar);
}

int64_t WorkingSet::FailedLogins(RegistrarKey registrar, absl::Time since) const {
  const FailuresByHour& failures = Loaded(failed_logins_, registrar);
  int64_t sum = 0;
  for (auto hour = failures.lower_bound(since); hour != failures.end(); ++hour) {
    sum += hour->second;
  }
  return sum;
}

const std::vector<std::string>& WorkingSet::UsedTlds() const {
  POSTEL_CHECK(used_tlds_.has_value());
  return *used_tlds_;
}

const ListedLabel* WorkingSet::Listed(const DomainName& name) const {
  if (!bundles_.empty() && bundles_.Primary(name) != name) return Listed(bundles_.Primary(name));
  POSTEL_CHECK(Loaded(domains_, name).looked_up);
  return Lookup(listed_, name);
}

const AllocationToken* WorkingSet::FindToken(const std::string& digest) const {
  const std::optional<AllocationToken>& token = Loaded(tokens_, digest);
  return token ? &*token : nullptr;
}

const std::vector<Maintenance>& WorkingSet::MaintenanceList() const {
  POSTEL_CHECK(maintenance_list_.has_value());
  return *maintenance_list_;
}

const Maintenance* WorkingSet::FindMaintenance(const std::string& id) const {
  const std::optional<Maintenance>& maintenance = Loaded(maintenances_, id);
  return maintenance ? &*maintenance : nullptr;
}

void WorkingSet::SetBundles(const Bundles& bundles) {
  POSTEL_CHECK(domains_.empty());
  bundles_ = bundles;
}

void WorkingSet::SetUsedTlds(std::vector<std::string> tlds) { used_tlds_ = std::move(tlds); }

void WorkingSet::AddAbsentDomain(const DomainName& name) {
  domains_.try_emplace(bundles_.Primary(name));
}

void WorkingSet::AddAbsentHost(const DomainName& name) { host_keys_.try_emplace(name, HostKey{}); }

void WorkingSet::AddAbsentContact(const ContactId& id) {
  contact_keys_.try_emplace(id, ContactKey{});
}

void WorkingSet::AddAbsentOrganization(const OrganizationId& id) {
  organization_keys_.try_emplace(id, OrganizationKey{});
}

void WorkingSet::Add(std::optional<Domain> projected, Changes arrears) {
  // Arrears lead from the row to what is shown; without them the two are the same.
  const Domain* row = arrears.empty() && projected ? &*projected : RowBehind(arrears);
  POSTEL_CHECK(row != nullptr);
  domain_names_.insert_or_assign(row->key, row->name);
  DomainEntry& entry = domains_[row->name];
  entry.current = std::move(projected);
  entry.arrears = std::move(arrears);
}

void WorkingSet::Add(Host host) {
  const HostKey key = host.key;
  host_keys_.insert_or_assign(host.name, key);
  hosts_.insert_or_assign(key, std::make_shared<const Host>(std::move(host)));
}

void WorkingSet::Add(Contact contact, Changes arrears) {
  POSTEL_CHECK(arrears.empty() || !arrears.contacts.empty());
  const ContactKey key = contact.key;
  contact_keys_.insert_or_assign(contact.id, key);
  ContactEntry& entry = contacts_[key];
  entry.current = std::make_shared<const Contact>(std::move(contact));
  entry.arrears = std::move(arrears);
}

void WorkingSet::Add(Organization organization) {
  const OrganizationKey key = organization.key;
  organization_keys_.insert_or_assign(organization.id, key);
  organizations_.insert_or_assign(key, std::move(organization));
}

void WorkingSet::SetUse(HostKey key, Use use) { host_use_.insert_or_assign(key, use); }

void WorkingSet::SetUse(ContactKey key, Use use) { contact_use_.insert_or_assign(key, use); }

void WorkingSet::SetUseOfTarget(int64_t target, Use use) {
  target_use_.insert_or_assign(target, use);
}

void WorkingSet::SetSubordinatesLoaded(DomainKey domain) { subordinates_loaded_.insert(domain); }

void WorkingSet::SetVariantsLoaded(std::string key) { variants_loaded_.insert(std::move(key)); }

void WorkingSet::SetBalance(RegistrarKey registrar, Money balance) {
  balances_.insert_or_assign(registrar, balance);
}

void WorkingSet::SetQueue(RegistrarKey registrar, PollQueue queue) {
  queues_.insert_or_assign(registrar, std::move(queue));
}

void WorkingSet::SetFailedLogins(RegistrarKey registrar, FailuresByHour failures) {
  failed_logins_.insert_or_assign(registrar, std::move(failures));
}

void WorkingSet::SetListed(const DomainName& name, std::optional<ListedLabel> listed) {
  const DomainName primary = bundles_.Primary(name);
  Loaded(domains_, primary).looked_up = true;
  if (listed) listed_.insert_or_assign(primary, *std::move(listed));
}

void WorkingSet::SetToken(const std::string& digest, std::optional<AllocationToken> token) {
  tokens_.insert_or_assign(digest, std::move(token));
}

void WorkingSet::SetMaintenanceList(std::vector<Maintenance> list) {
  maintenance_list_ = std::move(list);
}

void WorkingSet::SetMaintenance(const std::string& id, std::optional<Maintenance> maintenance) {
  maintenances_.insert_or_assign(id, std::move(maintenance));
}

Changes WorkingSet::Merge(Changes changes) {
  Changes written;
  for (const Change<Domain>& change : changes.domains) SettleArrears(change, written);
  for (const Change<Contact>& change : changes.contacts) SettleArrears(change, written);
  written.Append(std::move(changes));
  for (const Change<Domain>& change : written.domains) Apply(change);
  for (const Change<Host>& change : written.hosts) Apply(change);
  for (const Change<Contact>& change : written.contacts) Apply(change);
  for (const Change<Organization>& change : written.organizations) Apply(change);
  for (const LedgerEntry& entry : written.ledger) {
    if (Money* balance = Lookup(balances_, entry.registrar)) *balance += entry.amount;
  }
  ApplyToQueues(written);
  for (const FailedLoginStep& step : written.failed_logins) Apply(step);
  for (const AllocationToken& used : written.used_tokens) ++Loaded(tokens_, used.digest)->uses;
  return written;
}

void WorkingSet::SettleArrears(const Change<Domain>& change, Changes& written) {
  const DomainName& name = change.before ? change.before->name : change.after->name;
  DomainEntry* entry = Lookup(domains_, name);
  if (entry == nullptr || entry->arrears.empty()) return;
  Changes arrears = std::exchange(entry->arrears, Changes());
  // Back to the row: the arrears are now changes like any others, and lead forward again.
  entry->current = *RowBehind(arrears);
  const bool are_the_changes = change.before && change.before->key == entry->current->key &&
                               change.before->version == entry->current->version;
  if (!are_the_changes) written.Append(std::move(arrears));
}

void WorkingSet::SettleArrears(const Change<Contact>& change, Changes& written) {
  ContactEntry* entry = change.before ? Lookup(contacts_, change.before->key) : nullptr;
  if (entry == nullptr || entry->arrears.empty()) return;
  Changes arrears = std::exchange(entry->arrears, Changes());
  entry->current = std::make_shared<const Contact>(*arrears.contacts.front().before);
  if (change.before->version != entry->current->version) written.Append(std::move(arrears));
}

void WorkingSet::Apply(const Change<Domain>& change) {
  if (change.before) {
    const std::optional<Domain>& current = Loaded(domains_, change.before->name).current;
    POSTEL_CHECK(current && current->key == change.before->key &&
                 current->version == change.before->version);
    CountLinks(*change.before, -1);
  } else {
    // Nothing can refer to what has just been made.
    subordinates_loaded_.insert(change.after->key);
    domain_names_.insert_or_assign(change.after->key, change.after->name);
  }
  if (change.after) CountLinks(*change.after, 1);
  const DomainName& name = change.before ? change.before->name : change.after->name;
  domains_[name].current = change.after;
}

void WorkingSet::Apply(const Change<Host>& change) {
  if (change.before) {
    if (const Host* current = FindHost(change.before->key)) {
      POSTEL_CHECK(current->version == change.before->version);
    }
    host_keys_.insert_or_assign(change.before->name, HostKey{});
    hosts_.erase(change.before->key);
  } else {
    host_use_.insert_or_assign(change.after->key, Use());
  }
  if (change.after) Add(*change.after);
  // A host that moves to another sponsor leaves its old sponsor's domains behind.
  const bool moved =
      change.before && change.after && change.before->sponsor != change.after->sponsor;
  Use* use = moved ? Lookup(host_use_, change.after->key) : nullptr;
  if (use != nullptr && use->linked()) use->by_other_sponsors = true;
}

void WorkingSet::Apply(const Change<Contact>& change) {
  if (change.before) {
    if (const Contact* current = FindContact(change.before->key)) {
      POSTEL_CHECK(current->version == change.before->version);
    }
    contact_keys_.insert_or_assign(change.before->id, ContactKey{});
    contacts_.erase(change.before->key);
  } else {
    contact_use_.insert_or_assign(change.after->key, Use());
  }
  if (change.after) Add(*change.after);
}

void WorkingSet::Apply(const Change<Organization>& change) {
  if (change.before) {
    if (const Organization* current = Lookup(organizations_, change.before->key)) {
      POSTEL_CHECK(current->version == change.before->version);
    }
    CountLinks(*change.before, -1);
    organization_keys_.insert_or_assign(change.before->id, OrganizationKey{});
    organizations_.erase(change.before->key);
  } else {
    const OrganizationKey key = change.after->key;
    for (const OrganizationRole role : kOrganizationRoles) {
      target_use_.insert_or_assign(LinkTarget(key, role), Use());
    }
    target_use_.insert_or_assign(ParentTarget(key), Use());
  }
  if (!change.after) return;
  CountLinks(*change.after, 1);
  Add(*change.after);
}

void WorkingSet::CountLinks(const Domain& domain, int64_t difference) {
  for (HostKey key : domain.name_servers) {
    Use* use = Lookup(host_use_, key);
    if (use == nullptr) continue;
    CountLink(*use, difference);
    const Host* host = FindHost(key);
    const bool by_other = host != nullptr && host->sponsor != domain.sponsor;
    if (difference <= 0) continue;
    if (by_other) use->by_other_sponsors = true;
    const auto place = std::ranges::lower_bound(use->sponsors, domain.sponsor);
    if (place == use->sponsors.end() || *place != domain.sponsor) {
      use->sponsors.insert(place, domain.sponsor);
    }
  }
  for (ContactKey key : ContactsOf(domain)) {
    if (Use* use = Lookup(contact_use_, key)) CountLink(*use, difference);
  }
  if (!domain.organizations) return;
  for (const OrganizationLink& link : *domain.organizations) {
    if (Use* use = Lookup(target_use_, LinkTarget(link.key, link.role))) {
      CountLink(*use, difference);
    }
  }
}

void WorkingSet::CountLinks(const Organization& organization, int64_t difference) {
  for (ContactKey key : ContactsOf(organization)) {
    if (Use* use = Lookup(contact_use_, key)) CountLink(*use, difference);
  }
  if (organization.parent == OrganizationKey{}) return;
  if (Use* use = Lookup(target_use_, ParentTarget(organization.parent))) {
    CountLink(*use, difference);
  }
}

void WorkingSet::Apply(const FailedLoginStep& step) {
  FailuresByHour* failures = Lookup(failed_logins_, step.registrar);
  if (failures == nullptr) return;
  if (step.failed_in) {
    ++(*failures)[*step.failed_in];
  } else {
    failures->clear();
  }
}

void WorkingSet::ApplyToQueues(const Changes& changes) {
  for (const PollMessage& message : changes.messages) {
    if (PollQueue* queue = Lookup(queues_, message.registrar)) ++queue->count;
  }
  for (const auto& [registrar, id] : changes.removed_messages) {
    PollQueue* queue = Lookup(queues_, registrar);
    if (queue == nullptr) continue;
    queue->count = std::max<int64_t>(0, queue->count - 1);
    if (queue->oldest && queue->oldest->id == id) queue->oldest.reset();
    std::erase_if(queue->asked, [id = id](const PollMessage& asked) { return asked.id == id; });
  }
}

}  // namespace registry
