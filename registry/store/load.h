#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/model/working_set.h"
#include "registry/store/connection.h"
#include "registry/store/needs_union.h"

namespace registry::store {

enum class LoadMode {
  kRead,                 // one snapshot, no locks
  kWrite,                // the locks that are asked for
  kWriteLockingBalances  // and the balances, because somebody else spent at once
};

// Loads what a group needs: Queue, then Take the results of the batch in the same order, then Fill.
// That is one round trip; two for reads that also want what domains refer to, since by key it costs
// PostgreSQL half as much as by the domains' names, and no locks are held meanwhile.
class Load {
 public:
  // `askers`: registrars whose balance may decide. `known`: the directory by which the needs were
  // collected; it says too where there are lists of labels to look into.
  Load(NeedsUnion needs, std::vector<RegistrarKey> askers, LoadMode mode,
       std::shared_ptr<const Directory> known);

  void Queue(Connection& connection);
  // The second step will be wanted: QueueReferences after Take, then Take again.
  bool in_two_steps() const {
    return mode_ == LoadMode::kRead &&
           !(needs_.detailed_domains.empty() && needs_.resold_domains.empty());
  }
  void QueueReferences(Connection& connection);
  // Takes its results from `results`, from `next` on, and advances it.
  void Take(std::vector<Result>& results, size_t& next);

  // Domains that use the hosts, contacts and organizations, are deleted or being transferred, and
  // for which the clock has done something since their rows were written; without those of the
  // Needs. For writes also such among the variants of names.
  std::vector<DomainKey> LeavingUsers(absl::Time now) const;
  // Reads these as well, so that Fill counts only those that are still there. Another round trip;
  // for reads.
  absl::Status TakeUsers(Connection& connection, const std::vector<DomainKey>& leaving);

  // What was loaded is what is needed by this directory: names are under the same names, and have
  // the same variants.
  bool Fits(const Directory& directory) const {
    if (&directory == known_.get()) return true;
    return !needs_.variants && known_->bundles() == directory.bundles();
  }
  // Of the directory, as the database has it.
  int64_t directory_version() const { return directory_version_; }
  // What the clock of the database's host said.
  absl::Time database_time() const { return database_time_; }

  // By this directory, which is newer than the one known, lists should have been looked into that
  // were not.
  bool MissesLists(const Directory& directory) const;

  // Domains enter as they are at `now`.
  WorkingSet Fill(absl::Time now, const Directory& directory);

 private:
  enum class Part {
    kVersion,
    kDomains,
    kVariants,
    kHosts,
    kMoreHosts,
    kContacts,
    kMoreContacts,
    kHostUse,
    kContactUse,
    kBalances,
    kAskedMessages,
    kQueues,
    kFailedLogins,
    kUsedTlds,
    kListed,
    kTokens,
    kMaintenances,
    kOrganizations,
    kMoreOrganizations,
    kOrganizationUse,
  };
  struct NamedUse {
    int64_t key;  // of organizations LinkTarget and ParentTarget
    Use use;
    // For each link of a domain that leaves: its key, and in milliseconds since 1970 when the phase
    // that its row is in ends, or the pending transfer is approved.
    std::vector<int64_t> leaving;
    std::vector<int64_t> leaving_at;
  };

  void Add(Connection& connection, Part part, const Statement& statement,
           const Parameters& parameters = {});
  void QueueDomains(Connection& connection);
  void QueueHosts(Connection& connection);
  void QueueContacts(Connection& connection);
  void QueueOrganizations(Connection& connection);
  void QueueUse(Connection& connection);
  void QueueAccounts(Connection& connection);
  void QueueListed(Connection& connection);
  void QueueMaintenances(Connection& connection);
  void TakePart(Part part, Result& result);
  void FillDomains(absl::Time now, const Directory& directory, WorkingSet& set);
  void FillHosts(WorkingSet& set);
  void FillContacts(absl::Time now, WorkingSet& set);
  void FillOrganizations(WorkingSet& set);
  Use UseOf(const NamedUse& named, absl::Time now, const Directory& directory) const;
  void FillUse(absl::Time now, const Directory& directory, WorkingSet& set);
  void FillAccounts(WorkingSet& set);
  void FillListed(WorkingSet& set);
  void FillMaintenances(WorkingSet& set);

  const NeedsUnion needs_;
  const std::vector<RegistrarKey> askers_;
  const LoadMode mode_;
  const std::shared_ptr<const Directory> known_;
  std::vector<DomainName> looked_up_;  // of needs_.listed_domains, where there are lists
  std::vector<Part> parts_;

  int64_t directory_version_ = 0;
  absl::Time database_time_;
  std::vector<Domain> domains_;
  std::vector<Domain> variants_;
  std::vector<Host> hosts_;
  std::vector<Contact> contacts_;
  std::vector<Organization> organizations_;
  std::vector<NamedUse> host_use_;
  std::vector<NamedUse> contact_use_;
  std::vector<NamedUse> organization_use_;
  bool leaving_users_are_loaded_ = false;
  absl::flat_hash_map<int64_t, Domain> leaving_users_;
  std::vector<std::pair<RegistrarKey, Money>> balances_;
  std::vector<std::string> used_tlds_;
  std::vector<PollMessage> asked_;
  std::vector<std::pair<RegistrarKey, WorkingSet::PollQueue>> queues_;
  absl::flat_hash_map<RegistrarKey, WorkingSet::FailuresByHour> failed_logins_;
  std::vector<std::pair<DomainName, ListedLabel>> listed_;
  std::vector<AllocationToken> tokens_;
  std::vector<std::pair<Maintenance, bool>> maintenances_;  // and whether it stands in the list
};

}  // namespace registry::store
