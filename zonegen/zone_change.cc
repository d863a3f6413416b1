#include "zonegen/zone_change.h"

#include <algorithm>
#include <utility>

#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"

namespace zonegen {
namespace {

using registry::Delegation;
using registry::Domain;
using registry::DomainName;
using registry::Host;
using registry::HostKey;
using registry::store::FeedKind;

}  // namespace

ZoneChange::ZoneChange(const ZoneRecords& zone, const registry::Directory& directory,
                       absl::Time now)
    : zone_(zone),
      directory_(directory),
      now_(now),
      domains_of_(directory.bundles().PrimaryTld(zone.tld())) {}

void ZoneChange::Note(const registry::store::FeedEntry& entry) {
  if (entry.kind == FeedKind::kDomain) {
    if (entry.tld == domains_of_) NoteDomain(entry.name);
  } else if (entry.kind == FeedKind::kHost) {
    // A host of any TLD may serve domains of this one.
    std::set<std::string>& names = entries_[HostKey{entry.object}];
    if (entry.name.empty()) return;
    names.insert(entry.name);
    Suspect(entry.name);
  }
}

void ZoneChange::NoteDomain(const std::string& kept_as) {
  if (domains_of_ == zone_.tld()) {
    domains_.insert(kept_as);
  } else if (auto other = directory_.bundles().Other(DomainName::Trusted(kept_as))) {
    domains_.insert(other->text());
  }
}

void ZoneChange::Look(const std::string& owner) {
  const DomainName name = DomainName::Trusted(owner);
  if (!name.IsBelow(zone_.tld())) return;
  owners_.insert(owner);
  if (name.parent() == zone_.tld()) domains_.insert(owner);
  Suspect(owner);
}

void ZoneChange::Suspect(const std::string& host) {
  if (DomainName::Trusted(host).IsBelow(zone_.tld())) suspects_.insert(host);
}

std::vector<std::string> ZoneChange::domains() const {
  std::vector<std::string> kept_as;
  kept_as.reserve(domains_.size());
  for (const std::string& name : domains_) {
    kept_as.push_back(directory_.bundles().Primary(DomainName::Trusted(name)).text());
  }
  return kept_as;
}

std::vector<HostKey> ZoneChange::hosts() const {
  std::vector<HostKey> keys;
  for (const auto& [key, names] : entries_) keys.push_back(key);
  return keys;
}

void ZoneChange::SeeDomain(const Domain& row) {
  registry::Projection projection = registry::Project(row, now_, directory_);
  if (!projection.domain) return;
  DomainName name = projection.domain->name;
  if (domains_of_ != zone_.tld()) {
    const auto other = directory_.bundles().Other(name);
    if (!other) return;
    name = *other;
  }
  current_.insert_or_assign(name.text(), registry::ShownAs(*projection.domain, name));
}

void ZoneChange::TakeChanged(const registry::store::ChangedRows& rows) {
  for (const Domain& row : rows.domains) SeeDomain(row);
  for (const Host& host : rows.hosts) {
    for (const std::string& name : entries_[host.key]) {
      if (name != host.name.text()) renamed_.insert(host.key);
    }
    if (!host.name.IsBelow(zone_.tld())) continue;
    suspects_.erase(host.name.text());
    suspect_keys_.insert(host.key);
  }
  // What it does not contribute any more, others may need.
  for (const auto& [name, domain] : current_) {
    if (registry::IsPublished(domain)) continue;
    suspect_keys_.insert(domain.name_servers.begin(), domain.name_servers.end());
  }
  for (HostKey host : suspect_keys_) users_.push_back({host, "", {}});
  for (const std::string& host : suspects_) {
    if (!zone_.IsFixed(host)) users_.push_back({HostKey{}, host, {}});
  }
}

std::vector<HostKey> ZoneChange::keys() const {
  std::set<HostKey> keys = suspect_keys_;
  for (const auto& [name, domain] : current_) {
    keys.insert(domain.name_servers.begin(), domain.name_servers.end());
  }
  return {keys.begin(), keys.end()};
}

std::vector<std::string> ZoneChange::names() const { return {suspects_.begin(), suspects_.end()}; }

bool ZoneChange::TakeHosts(const registry::store::HostRows& rows, int limit) {
  for (const Host& host : rows.hosts) {
    hosts_.insert_or_assign(host.key, host);
    host_keys_.insert_or_assign(host.name.text(), host.key);
    if (suspect_keys_.contains(host.key)) Suspect(host.name.text());
  }
  std::map<HostKey, std::pair<int, registry::DomainKey>> seen;
  for (const registry::store::HostUser& user : rows.users) {
    auto& [count, last] = seen[user.host];
    ++count;
    last = user.domain.key;
    const auto host = hosts_.find(user.host);
    const registry::Projection projection = registry::Project(user.domain, now_, directory_);
    if (host == hosts_.end() || !projection.domain) continue;
    Domain domain = *projection.domain;
    if (domains_of_ != zone_.tld()) {
      const auto other = directory_.bundles().Other(domain.name);
      if (!other) continue;
      domain = registry::ShownAs(domain, *other);
    }
    for (const Glue& glue : registry::DelegationOf(domain, {&host->second}).glue) {
      needed_.insert_or_assign(glue.host.text(), glue);
    }
  }
  std::vector<registry::store::UsersOf> more;
  for (const registry::store::UsersOf& of : users_) {
    const auto key = host_keys_.find(of.name);
    const auto host = hosts_.find(key == host_keys_.end() ? of.host : key->second);
    if (host == hosts_.end() || needed_.contains(host->second.name.text())) continue;
    if (host->second.addresses.empty() || !host->second.name.IsBelow(zone_.tld())) continue;
    const auto found = seen.find(host->first);
    if (found == seen.end() || found->second.first < limit) continue;
    more.push_back({host->first, "", found->second.second});
  }
  users_ = std::move(more);
  return users_.empty();
}

std::vector<const Host*> ZoneChange::HostsOf(const Domain& domain) const {
  std::vector<const Host*> hosts;
  for (HostKey key : domain.name_servers) {
    // One that has gone meanwhile: what it was taken from has a later entry in the feed.
    if (const auto host = hosts_.find(key); host != hosts_.end()) hosts.push_back(&host->second);
  }
  return hosts;
}

void ZoneChange::AppendDelegation(const std::string& owner, OwnerUpdate& update) const {
  const auto domain = current_.find(owner);
  if (domain == current_.end()) return;
  const Delegation delegation = registry::DelegationOf(domain->second, HostsOf(domain->second));
  for (DnsRecord& record : zone_.Delegated(delegation)) update.added.push_back(std::move(record));
}

void ZoneChange::AppendGlue(const std::string& owner, OwnerUpdate& update) const {
  const auto glue = needed_.find(owner);
  if (glue == needed_.end() || zone_.IsFixed(owner)) return;
  for (DnsRecord& record : zone_.Addresses(glue->second)) update.added.push_back(std::move(record));
}

std::vector<OwnerUpdate> ZoneChange::Updates() {
  // What delegations of this change need is needed, whoever else uses it.
  for (const auto& [name, domain] : current_) {
    for (const Glue& glue : registry::DelegationOf(domain, HostsOf(domain)).glue) {
      needed_.insert_or_assign(glue.host.text(), glue);
      suspects_.insert(glue.host.text());
    }
  }
  std::set<std::string> owners = suspects_;
  owners.insert(domains_.begin(), domains_.end());
  owners.insert(owners_.begin(), owners_.end());
  std::vector<OwnerUpdate> updates;
  for (const std::string& owner : owners) {
    OwnerUpdate update = UpdateOf(owner);
    if (!update.deleted.empty()) updates.push_back(std::move(update));
  }
  return updates;
}

OwnerUpdate ZoneChange::UpdateOf(const std::string& owner) const {
  OwnerUpdate update{owner, {}, {}};
  const bool looked_at = owners_.contains(owner);
  const bool delegation = domains_.contains(owner);
  const bool host = suspects_.contains(owner) && (looked_at || !zone_.IsFixed(owner));
  if (looked_at) {
    update.deleted = {kTypeAny};
    update.added = zone_.FixedAt(owner);
  } else {
    if (delegation) update.deleted = {kTypeNs, kTypeDs};
    if (host) update.deleted.insert(update.deleted.end(), {kTypeA, kTypeAaaa});
    for (const DnsRecord& record : zone_.FixedAt(owner)) {
      if (std::ranges::find(update.deleted, record.type) != update.deleted.end()) {
        update.added.push_back(record);
      }
    }
  }
  if (delegation) AppendDelegation(owner, update);
  if (host) AppendGlue(owner, update);
  return update;
}

}  // namespace zonegen
