#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "registry/types/domain_name.h"
#include "registry/types/identifiers.h"
#include "registry/types/ip_address.h"
#include "registry/types/keys.h"

namespace registry {

// How a row is held until the commit. Ordered: a group takes the strongest that one of its commands
// asks for, for all rows of that table.
enum class Lock : uint8_t {
  kNone,       // read
  kReference,  // must still exist at the commit (FOR KEY SHARE)
  kUpdate,     // is changed (FOR NO KEY UPDATE)
  kDelete,     // may be deleted or renamed (FOR UPDATE)
};

// What a command wants to see in its WorkingSet. Names that do not exist are loaded as absent: a
// command may only ask the WorkingSet for what it named here (the set aborts otherwise).
struct Needs {
  struct DomainNeed {
    DomainName name;
    Lock lock = Lock::kNone;
    bool details = false;       // also the hosts and contacts that it refers to
    bool subordinates = false;  // also the hosts below it
    // Also the domains whose names are variants of this one (Directory::VariantKey); locked as
    // kReference at least where anything is locked.
    bool variants = false;
    bool listed = false;    // also what listed_labels says of it
    bool reseller = false;  // also the organization that is its reseller, unlocked
  };
  struct HostNeed {
    DomainName name;
    Lock lock = Lock::kNone;
    // Also which domains use it, as far as WorkingSet::HostUse tells. Domains that the clock has
    // purged do not count; with kDelete, what the clock did to them is written first.
    bool links = false;
  };
  struct ContactNeed {
    ContactId id;
    Lock lock = Lock::kNone;
    bool links = false;
  };
  struct OrganizationNeed {
    OrganizationId id;
    Lock lock = Lock::kNone;
    bool links = false;
  };

  std::vector<DomainNeed> domains;
  std::vector<HostNeed> hosts;
  std::vector<ContactNeed> contacts;
  std::vector<OrganizationNeed> organizations;
  // By key rather than by name: for the lifecycle (locked for deletion) and for look-ups by ROID.
  std::vector<DomainKey> domain_keys;
  Lock domain_keys_lock = Lock::kNone;
  std::vector<ContactKey> contact_keys;
  Lock contact_keys_lock = Lock::kNone;
  bool contact_key_links = false;          // links also for contact_keys
  std::vector<IpAddress> host_addresses;   // the hosts that have one of these,
  int most_with_address = 0;               // at most so many for each
  RegistrarKey poll_queue = kNoRegistrar;  // count and oldest message
  int64_t poll_message = 0;                // with poll_queue: this message, to be removed
  // How many logins of this one failed; to be forgotten.
  RegistrarKey failed_logins = kNoRegistrar;
  bool used_tlds = false;           // which TLDs have domains; slow
  std::vector<std::string> tokens;  // GivenToken::digest. Not locked: the flush counts their uses
  bool maintenance_list = false;    // those whose end registrars were not told of yet
  std::vector<std::string> maintenances;  // by id

  // Shorthands, so that a command's needs read as a sentence.
  Needs& Domain(DomainName name, Lock lock) {
    domains.push_back({std::move(name), lock, false, false, false});
    return *this;
  }
  Needs& Host(DomainName name, Lock lock) {
    hosts.push_back({std::move(name), lock, false});
    return *this;
  }
  Needs& Contact(ContactId id, Lock lock) {
    contacts.push_back({std::move(id), lock, false});
    return *this;
  }
  Needs& Organization(OrganizationId id, Lock lock) {
    organizations.push_back({std::move(id), lock, false});
    return *this;
  }
};

}  // namespace registry
