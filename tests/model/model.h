#pragma once

#include <gtest/gtest-spi.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "absl/time/time.h"
#include "registry/lifecycle/project.h"
#include "tests/support/memory_registry.h"
#include "tests/support/random_commands.h"

// A registry in memory that is watched: after every command all that must hold at any time is
// looked at.
namespace model {

// One command of a history. What becomes of it depends on the registry that it meets alone, so that
// it can be repeated after other ones.
struct Step {
  absl::Time at;
  registry::TransactionNumber number = 0;
  registry::AnyCommand command;
};

struct Setting {
  uint32_t seed = 1;  // of the policies, and of when the worker comes by
  // One registry, with a worker that is late now and then, and registrars who run out of money. Or
  // three that get the same commands: with a worker that writes what the clock does at its instant,
  // with none at all, and with a late one. Nobody can tell them apart. Money is no object there,
  // since a charge of the clock's that is not written is not yet missing from a balance.
  bool compare_workers = false;
};

class Model {
 public:
  explicit Model(const Setting& setting);

  // Decides the step in every registry. What is wrong afterwards; empty if nothing is.
  std::string Run(const Step& step);
  // What was decided last.
  const registry::Decision& decision() const { return decision_; }
  const registry::MemoryRegistry& registry() const { return lanes_.front().registry; }

 private:
  enum class Worker { kPunctual, kAway, kLate };
  struct Lane {
    Worker worker;
    registry::MemoryRegistry registry;
  };
  // Of the first registry, before the step's command.
  struct Before {
    std::map<registry::DomainKey, registry::Domain> domains;
    std::map<registry::HostKey, registry::Host> hosts;
    std::map<registry::ContactKey, registry::Contact> contacts;
    std::map<registry::RegistrarKey, registry::Money> balances;
    size_t entries = 0, messages = 0;
  };
  // As it is at an instant, whatever is written of it.
  struct View {
    std::map<registry::DomainName, registry::Domain> domains;
    std::map<registry::ContactId, registry::Contact> contacts;
    std::map<registry::RegistrarKey, registry::Money> balances;
  };
  // What was paid for a domain's years.
  struct Account {
    registry::Money paid;
    bool for_nothing = false;  // some of them by the operator, who pays nothing
  };

  // Remembers the first complaint.
  void Expect(bool holds, std::string_view what, std::string_view about = "");

  void Work(Lane& lane, absl::Time now, registry::Dice& dice);
  static absl::Time NextEvent(const registry::MemoryRegistry& registry);
  static void WriteAll(registry::MemoryRegistry& registry, absl::Time at);
  static void WriteSome(registry::MemoryRegistry& registry, absl::Time at, registry::Dice& dice);
  // The first registry's oldest message, in another one.
  static registry::AnyCommand Acknowledge(const registry::MemoryRegistry& registry,
                                          registry::RegistrarKey registrar,
                                          const std::optional<registry::PollMessage>& message);
  void Decide(const Step& step);

  void CheckRefusal();
  void CheckSpending(const Step& step);
  void CheckLedger();
  void CheckDomains(absl::Time now);
  void CheckDomain(const registry::Domain& row, absl::Time now);
  void CheckYears(const registry::Domain& domain, const registry::Changes& arrears);
  void CheckReferences(const registry::Domain& row);
  void CheckHosts();
  void CheckContacts(absl::Time now);
  void CheckMessages(absl::Time now);
  void CheckProjection(absl::Time now, registry::Dice& dice);
  void CheckSameEverywhere(absl::Time now);
  void CheckQueuesSameEverywhere();
  static View ViewOf(const registry::MemoryRegistry& registry, absl::Time now);
  void Count(const registry::LedgerEntry& entry, Account& account) const;

  const Setting setting_;
  std::vector<Lane> lanes_;
  registry::Decision decision_;
  std::string complaint_;
  Before before_;
  size_t entries_seen_ = 0;
  int64_t last_message_ = 0;
  std::map<registry::RegistrarKey, registry::Money> sums_;
  std::map<registry::DomainKey, Account> accounts_;
  std::set<std::tuple<registry::DomainKey, int32_t, std::string>> charged_;
  // Charges that nobody got back: domain, payer, what, amount.
  std::multiset<std::tuple<registry::DomainKey, registry::RegistrarKey, std::string, int64_t>>
      charges_;
  // The registry in memory has expectations of its own.
  testing::TestPartResultArray failures_;
  testing::ScopedFakeTestPartResultReporter reporter_{&failures_};
};

}  // namespace model
