#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/changes.h"
#include "registry/store/connection.h"
#include "registry/store/job.h"
#include "registry/store/net_changes.h"

namespace registry::store {

// Collects what the commands of a group changed, and writes it with one statement per table and
// kind of change.
class Flush {
 public:
  explicit Flush(absl::Time now) : now_(now) {}

  // `changes` as WorkingSet::Merge gave them for this command; `own` says how many of each kind are
  // the command's own. What precedes them is arrears: the clock did it.
  struct Own {
    size_t domains, contacts, ledger;
    explicit Own(const Changes& changes)
        : domains(changes.domains.size()),
          contacts(changes.contacts.size()),
          ledger(changes.ledger.size()) {}
  };
  void Add(const Origin& origin, TransactionNumber number, Changes changes, const Own& own);

  bool empty() const { return empty_; }
  bool writes_feed() const { return !feed_.empty() || changes_directory(); }
  bool changes_directory() const {
    return !registrars_.empty() || !tlds_.empty() || !idn_tables_.empty();
  }

  struct Terms {
    TransactionNumber group = 0;       // the key in commit_groups
    int64_t directory_version = 0;     // that the group decided by
    bool balances_are_locked = false;  // nobody else can have spent
  };
  // Queues the statements; COMMIT is the caller's.
  void Queue(Connection& connection, const Terms& terms);

 private:
  struct HistoryRow {
    TransactionNumber number;
    char kind;
    int64_t object;
    int32_t version;
    RegistrarKey actor;
    std::string client_id;
    std::string_view command;
    std::string change;
    std::optional<absl::Time> happened;
  };
  struct LedgerRow {
    LedgerEntry entry;
    TransactionNumber number;
  };
  struct FeedRow {
    char kind;
    int64_t object;
    std::string name;
    std::string tld;
    friend auto operator<=>(const FeedRow&, const FeedRow&) = default;
  };
  // A name that an object has given up.
  struct FormerName {
    std::string name;
    char kind;
    int64_t object;
  };
  struct Delta {
    Money amount;
    bool limited = false;  // a command of the registrar spent: the credit limit holds
  };
  // Directory changes are recorded by their own statements: the database gives new keys.
  struct PutBy {
    RegistrarKey actor = kNoRegistrar;
    TransactionNumber number = 0;
    std::string client_id;
    std::string_view command;
  };
  void AddFailedLogin(const FailedLoginStep& step);
  template <class T>
  void AddObject(const Change<T>& change, char kind, const Origin& origin, TransactionNumber number,
                 bool by_clock);
  void AddHostsLeft(const Change<Domain>& change);
  void AddToFeed(char kind, int64_t object, const std::string& name, std::string_view tld);

  void QueueDeletes(Connection& connection) const;
  void QueueDomains(Connection& connection) const;
  void QueueHosts(Connection& connection) const;
  void QueueContacts(Connection& connection) const;
  void QueueOrganizations(Connection& connection) const;
  void QueueLinks(Connection& connection) const;
  void QueueCalendar(Connection& connection) const;
  void QueueFormerNames(Connection& connection) const;
  void QueueDirectory(Connection& connection, const Terms& terms) const;
  void QueueHistory(Connection& connection) const;
  void QueueLedger(Connection& connection) const;
  void QueueMessages(Connection& connection) const;
  void QueueReports(Connection& connection) const;
  void QueueFailedLogins(Connection& connection) const;
  void QueueFeed(Connection& connection) const;
  void QueueRegistrar(Connection& connection, const Registrar& registrar, const PutBy& by,
                      int32_t ordinal) const;
  void QueueTld(Connection& connection, const TldPolicy& policy, const PutBy& by,
                int32_t ordinal) const;
  void QueueIdnTable(Connection& connection, const IdnTable& table, const PutBy& by) const;
  void QueueTokens(Connection& connection) const;
  void QueueBalances(Connection& connection, const Terms& terms) const;

  const absl::Time now_;
  bool empty_ = true;
  NetChanges<Domain> domains_;
  NetChanges<Host> hosts_;
  NetChanges<Contact> contacts_;
  NetChanges<Organization> organizations_;
  std::vector<HistoryRow> history_;
  std::vector<LedgerRow> ledger_;
  std::map<RegistrarKey, Delta> deltas_;
  std::vector<PollMessage> messages_;
  std::vector<std::pair<RegistrarKey, int64_t>> removed_messages_;
  std::vector<std::pair<RestoreReport, TransactionNumber>> reports_;
  std::set<RegistrarKey> forgotten_failures_;  // before these:
  std::map<std::pair<RegistrarKey, absl::Time>, int64_t> failed_logins_;
  std::vector<FeedRow> feed_;
  std::vector<FormerName> former_names_;
  std::vector<std::pair<Registrar, PutBy>> registrars_;
  std::vector<std::pair<TldPolicy, PutBy>> tlds_;
  std::vector<std::pair<IdnTable, PutBy>> idn_tables_;
  std::map<int64_t, int64_t> token_uses_;  // by the token's key
};

}  // namespace registry::store
