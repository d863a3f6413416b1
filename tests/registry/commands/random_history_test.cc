// Decades of random commands by three registrars, the operator and the clock, in a registry that is
// small enough for everybody to get into everybody's way. After every command: nothing is owed that
// credit does not cover, every reference leads somewhere, a refusal leaves no trace. And the same
// commands in groups, where later ones see what earlier ones did, give the same registry.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "registry/base/utc_text.h"
#include "registry/types/years.h"
#include "tests/support/memory_registry.h"
#include "tests/support/random_commands.h"

namespace registry {
namespace {

constexpr int kLongestYears = 10;
constexpr Money kCredit{3000};

// -- what must hold at any time --

void ExpectLedgerAddsUp(const MemoryRegistry& registry) {
  std::map<RegistrarKey, Money> sums;
  for (const LedgerEntry& entry : registry.ledger) sums[entry.registrar] += entry.amount;
  EXPECT_EQ(sums, registry.balances);
}

// No version of a domain is charged twice for the same thing.
void ExpectNothingChargedTwice(const MemoryRegistry& registry) {
  std::set<std::tuple<DomainKey, int32_t, std::string>> charged;
  for (const LedgerEntry& entry : registry.ledger) {
    if (entry.kind != LedgerKind::kCharge) continue;
    EXPECT_TRUE(charged.emplace(entry.domain, entry.domain_version, entry.what).second)
        << entry.what << " of domain " << Number(entry.domain);
  }
}

void ExpectSoundDomain(const MemoryRegistry& registry, const Domain& domain, absl::Time now) {
  SCOPED_TRACE(domain.name.text());
  EXPECT_NE(registry.directory.Registrar(domain.sponsor), nullptr);
  EXPECT_EQ(registry.FindRow(domain.name), &domain) << "two domains of one name";
  EXPECT_LE(domain.expires, AddYears(now, kLongestYears));
  EXPECT_TRUE(std::ranges::is_sorted(domain.name_servers, std::ranges::less_equal{}) ||
              domain.name_servers.size() < 2);
  for (const HostKey key : domain.name_servers) {
    ASSERT_TRUE(registry.hosts.contains(key));
    const Host& host = registry.hosts.at(key);
    EXPECT_TRUE(host.superordinate == DomainKey{} || !host.addresses.empty()) << host.name.text();
  }
  for (const DomainContact& link : domain.contacts) {
    EXPECT_TRUE(registry.contacts.contains(link.contact));
  }
  const bool thick = domain.name.tld() == "thick";
  EXPECT_EQ(domain.registrant != ContactKey{}, thick);
  EXPECT_TRUE(!thick || registry.contacts.contains(domain.registrant));
}

void ExpectSoundHost(const MemoryRegistry& registry, const Host& host) {
  SCOPED_TRACE(host.name.text());
  EXPECT_EQ(registry.FindHost(host.name), &host) << "two hosts of one name";
  if (host.superordinate == DomainKey{}) {
    EXPECT_NE(registry.directory.Registrar(host.sponsor), nullptr);
    EXPECT_EQ(host.name.tld(), "net");
    EXPECT_TRUE(host.addresses.empty());
    return;
  }
  ASSERT_TRUE(registry.domains.contains(host.superordinate));
  const Domain& domain = registry.domains.at(host.superordinate);
  EXPECT_TRUE(host.name == domain.name || host.name.IsBelow(domain.name.text()));
  EXPECT_EQ(host.sponsor, kNoRegistrar) << "it is the domain's";
  EXPECT_EQ(domain.phase, DomainPhase::kActive) << "a deleted domain has hosts below it";
}

void ExpectSound(const MemoryRegistry& registry, absl::Time now) {
  ExpectLedgerAddsUp(registry);
  for (const auto& [key, domain] : registry.domains) ExpectSoundDomain(registry, domain, now);
  for (const auto& [key, host] : registry.hosts) ExpectSoundHost(registry, host);
}

void ExpectSame(const MemoryRegistry& a, const MemoryRegistry& b) {
  EXPECT_TRUE(a.domains == b.domains);
  EXPECT_TRUE(a.hosts == b.hosts);
  EXPECT_TRUE(a.contacts == b.contacts);
  EXPECT_EQ(a.balances, b.balances);
  EXPECT_EQ(a.ledger.size(), b.ledger.size());
  EXPECT_EQ(a.messages.size(), b.messages.size());
}

// -- the history --

void AddPolicies(MemoryRegistry& registry) {
  for (const auto& [tld, model] : {std::pair{"thick", TldPolicy::DataModel::kMaximum},
                                   std::pair{"thin", TldPolicy::DataModel::kMinimum}}) {
    TldPolicy policy;
    policy.tld = tld;
    policy.data_model = model;
    policy.longest_years = kLongestYears;
    policy.restore_fee = Money{1000};  // within the credit
    policy.auth_info_ttl = RandomCommands::kAuthInfoTtl;
    registry.directory.Add(policy);
  }
  registry.directory.settings.contact_auth_info_ttl = RandomCommands::kAuthInfoTtl;
  int32_t key = 0;
  for (const std::string id : {"gold", "silver", "bronze"}) {
    Registrar registrar;
    registrar.key = RegistrarKey{++key};
    registrar.id = RegistrarId(id);
    registrar.credit_limit = kCredit;
    registry.directory.Add(registrar);
  }
}

// What the command itself (not the clock) takes from the registrar's balance has to be there.
void ExpectCovered(const AnyCommand& command, const Decision& decision, Money balance_before) {
  Money spent;
  for (const LedgerEntry& entry : decision.changes.ledger) {
    if (entry.registrar == command.asker) spent += entry.amount;
  }
  if (spent < Money{}) {
    EXPECT_GE(balance_before + spent, -kCredit);
  }
}

Decision RunAlone(MemoryRegistry& registry, const AnyCommand& command, TransactionNumber number,
                  absl::Time now) {
  SCOPED_TRACE(std::string(command.kind) + " " + std::to_string(number) + " at " +
               registry::FormatUtc(now));
  const MemoryRegistry before = registry;
  Decision decision = registry.Run({command}, number, now).front();
  if (!decision.accepted()) {
    EXPECT_TRUE(decision.changes.empty());
    ExpectSame(before, registry);
  } else if (command.asker != kOperator && command.asker != kLifecycle) {
    const auto balance = before.balances.find(command.asker);
    ExpectCovered(command, decision, balance == before.balances.end() ? Money{} : balance->second);
  }
  ExpectSound(registry, now);
  return decision;
}

// The same history twice: each command in a group of its own, and several in one.
class RandomHistoryTest : public testing::TestWithParam<uint32_t> {
 protected:
  RandomHistoryTest() {
    AddPolicies(alone_);
    AddPolicies(together_);
  }

  // What the group needs of the clock is written before, so that it does not matter which command
  // needs it first.
  void LetClockGoFirst(const std::vector<AnyCommand>& group) {
    std::vector<Needs> needs;
    for (const AnyCommand& command : group) needs.push_back(command.needs());
    for (MemoryRegistry* registry : {&alone_, &together_}) {
      registry->Run(registry->ClockFirst(needs, now_), number_, now_);
    }
  }

  void Run(const std::vector<AnyCommand>& group) {
    LetClockGoFirst(group);
    std::vector<Decision> expected;
    for (size_t i = 0; i < group.size(); ++i) {
      expected.push_back(RunAlone(alone_, group[i], number_ + i, now_));
      if (expected[i].accepted()) ++accepted_[group[i].kind];
    }
    const std::vector<Decision> decided = together_.Run(group, number_, now_);
    for (size_t i = 0; i < group.size(); ++i) {
      EXPECT_EQ(decided[i].reason, expected[i].reason) << group[i].kind << " " << number_ + i;
      EXPECT_TRUE(decided[i].code == expected[i].code) << group[i].kind << " " << number_ + i;
    }
    ExpectSame(alone_, together_);
    number_ += static_cast<TransactionNumber>(group.size());
  }

  MemoryRegistry alone_;
  MemoryRegistry together_;
  RandomCommands registrars_{GetParam(), alone_};
  absl::Time now_ = absl::FromCivil(absl::CivilDay(2024, 2, 28), absl::UTCTimeZone());
  TransactionNumber number_ = 1;
  std::map<std::string_view, int> accepted_;
};

TEST_P(RandomHistoryTest, KeepsTheRegistrySoundAloneAndInGroups) {
  while (number_ < 16000 && !HasFailure()) {
    now_ += registrars_.Pause();
    if (number_ % 20 == 0) Run({registrars_.Suspension()});
    std::vector<AnyCommand> group;
    for (int i = registrars_.GroupSize(); i > 0; --i) {
      group.push_back(registrars_.Next(now_));
      if (group.back().kind == kExternalRename) break;
    }
    // A group knows that a domain of another registrar uses the host, but not when the last one
    // of them has stopped; so such a rename could be refused in it until the next group.
    if (group.back().kind == kExternalRename) group.erase(group.begin(), group.end() - 1);
    Run(group);
    Run({registrars_.Look(), registrars_.Look()});
  }

  ExpectNothingChargedTwice(alone_);
  for (const char* kind : {"domain-create",
                           "domain-update",
                           "domain-renew",
                           "domain-delete",
                           "domain-materialize",
                           "host-create",
                           "host-update",
                           "host-rename",
                           "host-delete",
                           "contact-create",
                           "contact-update",
                           "contact-delete",
                           "poll-acknowledge",
                           "registrar-deposit",
                           "domain-transfer-request",
                           "domain-transfer-decision",
                           "contact-transfer-request",
                           "contact-transfer-decision",
                           "contact-materialize",
                           "domain-restore-request",
                           "domain-restore-report"}) {
    EXPECT_GT(accepted_[kind], 4) << kind << " hardly ever succeeded: the history proves little";
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistoryTest, testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace registry
