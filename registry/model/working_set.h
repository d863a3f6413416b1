#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/container/node_hash_map.h"
#include "absl/time/time.h"
#include "registry/model/bundles.h"
#include "registry/model/changes.h"
#include "registry/model/contact.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/model/listed_label.h"
#include "registry/model/maintenance.h"
#include "registry/model/organization.h"
#include "registry/model/poll_message.h"

namespace registry {

// Who refers to a host, a contact or an organization. Counts are exact up to kCountedLinks and mean
// "many" beyond.
struct Use {
  static constexpr int64_t kCountedLinks = 200;
  int64_t links = 0;  // objects that refer to it, in whatever role
  // For external hosts: some of these domains have another sponsor than the host.
  bool by_other_sponsors = false;
  // With a lock for deletion: the sponsors of these domains, sorted, if there are not too many.
  std::vector<RegistrarKey> sponsors = {};
  bool linked() const { return links > 0; }
};

// The part of the registry that a group of commands looks at. Domains stand in it as they are at
// the group's `now` (lifecycle/project.h), purged ones not at all; what the clock did to a loaded
// domain and the database does not know yet is kept as its Arrears, and is written with the first
// command that touches the domain or its name. Likewise contacts.
//
// Two sides. Commands see only the const side: Find and the like return null for what is known to
// be absent and abort for what nobody loaded. The store fills it, and merges the Changes of each
// command so that the next one sees them.
class WorkingSet {
 public:
  // -- for commands --
  const Domain* Find(const DomainName& name) const;  // by either name of a bundle
  const Domain* Find(DomainKey key) const;           // null if not loaded
  const Host* FindHost(const DomainName& name) const;
  const Host* FindHost(HostKey key) const;  // null if not loaded
  const Contact* FindContact(const ContactId& id) const;
  const Contact* FindContact(ContactKey key) const;  // null if not loaded
  // The same, to be kept when the set is gone.
  std::shared_ptr<const Host> ShareHost(HostKey key) const;
  std::shared_ptr<const Contact> ShareContact(ContactKey key) const;
  const Organization* FindOrganization(const OrganizationId& id) const;
  const Organization* FindOrganization(OrganizationKey key) const;  // null if not loaded
  Use HostUse(HostKey key) const;
  Use ContactUse(ContactKey key) const;
  Use OrganizationUse(OrganizationKey key, OrganizationRole role) const;  // by domains
  Use ParentUse(OrganizationKey key) const;                               // by organizations
  std::vector<const Host*> HostsBelow(DomainKey domain) const;  // by name; needs `subordinates`
  std::vector<const Host*> HostsWith(const IpAddress& address) const;  // by name
  Money Balance(RegistrarKey registrar) const;
  // The other domains with this key, by name; needs `variants`. An empty key: none.
  std::vector<const Domain*> Variants(std::string_view key, const DomainName& but) const;
  // Some such domain has been purged, but its row is still there, and is not going to be removed by
  // whoever takes the name `but`.
  bool VariantLingers(std::string_view key, const DomainName& but) const;
  // What the clock has done to the domain since its row was written; null if nothing.
  const Changes* Arrears(DomainKey key) const;
  const Changes* Arrears(ContactKey key) const;

  struct PollQueue {
    int64_t count = 0;
    std::optional<PollMessage> oldest;
    std::vector<PollMessage> asked;  // those that the group's Needs::poll_message name
  };
  const PollQueue& Queue(RegistrarKey registrar) const;

  // Those of the registry's TLDs that have domains; if Needs::used_tlds.
  const std::vector<std::string>& UsedTlds() const;

  // Those of the hours from `since` on, as far as no good login came after them.
  int64_t FailedLogins(RegistrarKey registrar, absl::Time since) const;

  // What listed_labels says of the name's label; null if nothing. Needs `listed`.
  const ListedLabel* Listed(const DomainName& name) const;
  // By GivenToken::digest; null if there is none.
  const AllocationToken* FindToken(const std::string& digest) const;
  // In no order; needs `maintenance_list`.
  const std::vector<Maintenance>& MaintenanceList() const;
  const Maintenance* FindMaintenance(const std::string& id) const;  // null if there is none

  // -- for the store and for tests --
  void SetBundles(const Bundles& bundles);  // before there is anything in the set
  void SetUsedTlds(std::vector<std::string> tlds);
  void AddAbsentDomain(const DomainName& name);
  void AddAbsentHost(const DomainName& name);
  void AddAbsentContact(const ContactId& id);
  void AddAbsentOrganization(const OrganizationId& id);
  // `projected`: the domain as it is now, or nothing if it has been purged. `arrears`: the
  // difference from its row (empty if there is none).
  void Add(std::optional<Domain> projected, Changes arrears);
  void Add(Host host);
  void Add(Contact contact, Changes arrears = {});  // as domains are added
  void Add(Organization organization);
  void SetUse(HostKey key, Use use);
  void SetUse(ContactKey key, Use use);
  void SetUseOfTarget(int64_t target, Use use);  // LinkTarget, ParentTarget
  void SetSubordinatesLoaded(DomainKey domain);
  void SetVariantsLoaded(std::string key);
  void SetBalance(RegistrarKey registrar, Money balance);
  void SetQueue(RegistrarKey registrar, PollQueue queue);
  using FailuresByHour = std::map<absl::Time, int64_t>;
  void SetFailedLogins(RegistrarKey registrar, FailuresByHour failures);
  // Of a domain that has been added, be it as absent.
  void SetListed(const DomainName& name, std::optional<ListedLabel> listed);
  void SetToken(const std::string& digest, std::optional<AllocationToken> token);
  void SetMaintenanceList(std::vector<Maintenance> list);
  void SetMaintenance(const std::string& id, std::optional<Maintenance> maintenance);

  // Makes the changes visible to later commands. Returns what is to be written: the changes,
  // preceded by the arrears of every domain and contact they touch (also of a purged domain whose
  // name is taken). Changes that are a domain's arrears themselves, as DomainMaterialize gives
  // them, stand for them. Versions are consecutive, or the set aborts. Of a poll queue whose oldest
  // message is removed the next one is not known: reads run in groups of their own.
  Changes Merge(Changes changes);

 private:
  struct DomainEntry {
    std::optional<Domain> current;
    Changes arrears;
    bool looked_up = false;  // in listed_labels
  };
  struct ContactEntry {
    std::shared_ptr<const Contact> current;
    Changes arrears;
  };

  // Takes the arrears of the changed object, if it has any, and sets the entry back to its row.
  // They are appended to `written` unless the change is itself the first of them.
  void SettleArrears(const Change<Domain>& change, Changes& written);
  void SettleArrears(const Change<Contact>& change, Changes& written);
  void Apply(const Change<Domain>& change);
  void Apply(const Change<Host>& change);
  void Apply(const Change<Contact>& change);
  void Apply(const Change<Organization>& change);
  // Uses that are not loaded are left alone.
  void CountLinks(const Domain& domain, int64_t difference);
  void CountLinks(const Organization& organization, int64_t difference);
  void ApplyToQueues(const Changes& changes);
  void Apply(const FailedLoginStep& step);

  // What is large stands in nodes and stays where it is when its table grows.
  Bundles bundles_;
  std::optional<std::vector<std::string>> used_tlds_;
  absl::node_hash_map<DomainName, DomainEntry> domains_;  // by their primary names
  absl::flat_hash_map<DomainKey, DomainName> domain_names_;
  absl::flat_hash_map<HostKey, std::shared_ptr<const Host>> hosts_;
  absl::flat_hash_map<DomainName, HostKey> host_keys_;  // zero: known to be absent
  absl::node_hash_map<ContactKey, ContactEntry> contacts_;
  absl::flat_hash_map<ContactId, ContactKey> contact_keys_;  // zero: known to be absent
  absl::node_hash_map<OrganizationKey, Organization> organizations_;
  absl::flat_hash_map<OrganizationId, OrganizationKey> organization_keys_;  // as of contacts
  absl::flat_hash_map<HostKey, Use> host_use_;
  absl::flat_hash_map<ContactKey, Use> contact_use_;
  absl::flat_hash_map<int64_t, Use> target_use_;  // of organizations
  absl::flat_hash_set<DomainKey> subordinates_loaded_;
  absl::flat_hash_set<std::string> variants_loaded_;
  absl::flat_hash_map<RegistrarKey, Money> balances_;
  absl::flat_hash_map<RegistrarKey, PollQueue> queues_;
  absl::flat_hash_map<RegistrarKey, FailuresByHour> failed_logins_;
  absl::flat_hash_map<DomainName, ListedLabel> listed_;
  absl::flat_hash_map<std::string, std::optional<AllocationToken>> tokens_;  // by digest
  std::optional<std::vector<Maintenance>> maintenance_list_;
  absl::flat_hash_map<std::string, std::optional<Maintenance>> maintenances_;  // by id
};

}  // namespace registry
