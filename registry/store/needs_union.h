#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/model/directory.h"
#include "registry/model/needs.h"

namespace registry::store {

// What a group of commands needs together: each thing once, sorted, and per table one lock, the
// strongest that one of them asks for.
struct NeedsUnion {
  std::vector<DomainName> domains;
  std::vector<DomainName> detailed_domains;  // also in `domains`
  std::vector<DomainName> parent_domains;    // with their subordinate hosts; also in `domains`
  std::vector<DomainName> hosts;
  std::vector<DomainName> linked_hosts;  // with their use; also in `hosts`
  std::vector<ContactId> contacts;
  std::vector<ContactId> linked_contacts;  // with their use; also in `contacts`
  std::vector<OrganizationId> organizations;
  std::vector<OrganizationId> linked_organizations;  // with their use; also in `organizations`
  std::vector<DomainKey> domain_keys;
  std::vector<ContactKey> contact_keys;
  bool contact_key_links = false;
  std::vector<IpAddress> host_addresses;
  int most_with_address = 0;
  std::vector<RegistrarKey> poll_queues;
  std::vector<std::pair<RegistrarKey, int64_t>> poll_messages;
  std::vector<RegistrarKey> failed_logins;
  bool used_tlds = false;
  std::vector<DomainName> listed_domains;  // also in `domains`
  std::vector<DomainName> resold_domains;  // with their resellers; also in `domains`
  std::vector<std::string> tokens;         // digests
  bool maintenance_list = false;
  std::vector<std::string> maintenances;  // ids
  Lock domain_lock = Lock::kNone;
  Lock host_lock = Lock::kNone;
  Lock contact_lock = Lock::kNone;
  Lock organization_lock = Lock::kNone;

  // The keys of variants whose domains are asked for, and whether anybody asked.
  std::vector<std::string> variant_keys;
  bool variants = false;

  // Domains are asked for by their primary names (model/bundles.h).
  void Add(Needs needs, const Directory& directory);
  // Call once, after the last Add.
  void Sort();
};

}  // namespace registry::store
