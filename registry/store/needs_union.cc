#include "registry/store/needs_union.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace registry::store {
namespace {

template <class T>
void MoveAll(std::vector<T> from, std::vector<T>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

template <class... T>
void SortUnique(std::vector<T>&... lists) {
  ((std::sort(lists.begin(), lists.end()),
    lists.erase(std::unique(lists.begin(), lists.end()), lists.end())),
   ...);
}

}  // namespace

void NeedsUnion::Add(Needs needs, const Directory& directory) {
  const Bundles& bundles = directory.bundles();
  for (Needs::DomainNeed& need : needs.domains) {
    if (!bundles.empty()) need.name = bundles.Primary(need.name);
    domain_lock = std::max(domain_lock, need.lock);
    if (need.details) detailed_domains.push_back(need.name);
    if (need.subordinates) parent_domains.push_back(need.name);
    if (need.variants) {
      variants = true;
      std::string key = directory.VariantKey(need.name);
      if (!key.empty()) variant_keys.push_back(std::move(key));
    }
    if (need.listed) listed_domains.push_back(need.name);
    if (need.reseller) resold_domains.push_back(need.name);
    domains.push_back(std::move(need.name));
  }
  for (Needs::HostNeed& need : needs.hosts) {
    host_lock = std::max(host_lock, need.lock);
    if (need.links) linked_hosts.push_back(need.name);
    hosts.push_back(std::move(need.name));
  }
  for (Needs::ContactNeed& need : needs.contacts) {
    contact_lock = std::max(contact_lock, need.lock);
    if (need.links) linked_contacts.push_back(need.id);
    contacts.push_back(std::move(need.id));
  }
  for (Needs::OrganizationNeed& need : needs.organizations) {
    organization_lock = std::max(organization_lock, need.lock);
    if (need.links) linked_organizations.push_back(need.id);
    organizations.push_back(std::move(need.id));
  }
  if (!needs.domain_keys.empty()) domain_lock = std::max(domain_lock, needs.domain_keys_lock);
  if (!needs.contact_keys.empty()) contact_lock = std::max(contact_lock, needs.contact_keys_lock);
  MoveAll(std::move(needs.domain_keys), domain_keys);
  MoveAll(std::move(needs.contact_keys), contact_keys);
  MoveAll(std::move(needs.host_addresses), host_addresses);
  used_tlds = used_tlds || needs.used_tlds;
  MoveAll(std::move(needs.tokens), tokens);
  maintenance_list = maintenance_list || needs.maintenance_list;
  MoveAll(std::move(needs.maintenances), maintenances);
  contact_key_links = contact_key_links || needs.contact_key_links;
  most_with_address = std::max(most_with_address, needs.most_with_address);
  if (needs.poll_queue != kNoRegistrar) {
    poll_queues.push_back(needs.poll_queue);
    if (needs.poll_message != 0) poll_messages.emplace_back(needs.poll_queue, needs.poll_message);
  }
  if (needs.failed_logins != kNoRegistrar) failed_logins.push_back(needs.failed_logins);
}

void NeedsUnion::Sort() {
  // Of look-ups all three lists are the same, and names take long to compare.
  const bool all_detailed = detailed_domains.size() == domains.size();
  const bool all_resold = resold_domains.size() == domains.size();
  SortUnique(domains);
  if (all_detailed) detailed_domains = domains;
  if (all_resold) resold_domains = domains;
  if (!all_detailed) SortUnique(detailed_domains);
  if (!all_resold) SortUnique(resold_domains);
  SortUnique(parent_domains, hosts, linked_hosts, contacts, linked_contacts, domain_keys,
             contact_keys, host_addresses, poll_queues, poll_messages, failed_logins, variant_keys,
             listed_domains, tokens, maintenances, organizations, linked_organizations);
}

}  // namespace registry::store
