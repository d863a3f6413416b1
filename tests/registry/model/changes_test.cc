#include "registry/model/changes.h"

#include <gmock/gmock.h>

namespace registry {
namespace {

using testing::ElementsAre;
using testing::Pair;
using testing::SizeIs;

constexpr RegistrarKey kGold{1};

Domain SomeDomain() {
  Domain domain;
  domain.key = DomainKey{7};
  domain.name = DomainName("a.org");
  domain.version = 3;
  return domain;
}

TEST(ChangesTest, InsertHasNothingBeforeAndDeleteNothingAfter) {
  Changes changes;
  changes.Insert(SomeDomain()).Insert(Host()).Insert(Contact());
  changes.Delete(SomeDomain()).Delete(Host()).Delete(Contact());
  EXPECT_FALSE(changes.domains[0].before.has_value());
  EXPECT_EQ(changes.domains[0].after, SomeDomain());
  EXPECT_EQ(changes.domains[1].before, SomeDomain());
  EXPECT_FALSE(changes.domains[1].after.has_value());
  EXPECT_THAT(changes.hosts, SizeIs(2));
  EXPECT_THAT(changes.contacts, SizeIs(2));
}

TEST(ChangesTest, UpdateCountsTheVersionFromTheObjectBefore) {
  Domain after = SomeDomain();
  after.version = 99;
  after.sponsor = kGold;
  Host host;
  Contact contact;
  Changes changes;
  changes.Update(SomeDomain(), after).Update(host, host).Update(contact, contact);
  EXPECT_EQ(changes.domains[0].before->version, 3);
  EXPECT_EQ(changes.domains[0].after->version, 4);
  EXPECT_EQ(changes.domains[0].after->sponsor, kGold);
  EXPECT_EQ(changes.hosts[0].after->version, 2);
  EXPECT_EQ(changes.contacts[0].after->version, 2);
}

TEST(ChangesTest, ChargesTakeAndRefundsAndDepositsGive) {
  Changes changes;
  changes.Charge(kGold, Money{900}, "create", SomeDomain());
  changes.Refund(kGold, Money{800}, "create", SomeDomain());
  changes.Deposit(kGold, Money{500}, "deposit: 42");
  changes.Charge(kGold, Money{0}, "renew", SomeDomain());
  ASSERT_THAT(changes.ledger, SizeIs(4));
  EXPECT_EQ(changes.ledger[0].kind, LedgerKind::kCharge);
  EXPECT_EQ(changes.ledger[0].amount, Money{-900});
  EXPECT_EQ(changes.ledger[0].what, "create");
  EXPECT_EQ(changes.ledger[0].registrar, kGold);
  EXPECT_EQ(changes.ledger[0].domain, DomainKey{7});
  EXPECT_EQ(changes.ledger[0].domain_version, 3);
  EXPECT_EQ(changes.ledger[1].kind, LedgerKind::kRefund);
  EXPECT_EQ(changes.ledger[1].amount, Money{800});
  EXPECT_EQ(changes.ledger[2].kind, LedgerKind::kDeposit);
  EXPECT_EQ(changes.ledger[2].amount, Money{500});
  EXPECT_EQ(changes.ledger[2].domain, DomainKey{});
  EXPECT_EQ(changes.ledger[3].amount, Money{0});
}

TEST(ChangesTest, AreEmptyUntilSomethingIsSaid) {
  EXPECT_TRUE(Changes().empty());
  EXPECT_FALSE(Changes().Insert(SomeDomain()).empty());
  EXPECT_FALSE(Changes().Insert(Host()).empty());
  EXPECT_FALSE(Changes().Insert(Contact()).empty());
  EXPECT_FALSE(Changes().Deposit(kGold, Money{1}, "x").empty());
  EXPECT_FALSE(Changes().Queue(PollMessage()).empty());
  EXPECT_FALSE(Changes().RemovePollMessage(kGold, 1).empty());
  EXPECT_FALSE(Changes().Put(Registrar()).empty());
  EXPECT_FALSE(Changes().Put(TldPolicy()).empty());
}

TEST(ChangesTest, AppendKeepsTheOrder) {
  Changes first, second;
  first.RemovePollMessage(kGold, 1).Deposit(kGold, Money{1}, "a");
  second.RemovePollMessage(kGold, 2).Deposit(kGold, Money{2}, "b").Insert(SomeDomain());
  second.Queue(PollMessage()).Put(Registrar()).Put(TldPolicy()).Insert(Host()).Insert(Contact());
  first.Append(second);
  EXPECT_THAT(first.removed_messages, ElementsAre(Pair(kGold, 1), Pair(kGold, 2)));
  ASSERT_THAT(first.ledger, SizeIs(2));
  EXPECT_EQ(first.ledger[1].what, "b");
  for (size_t size : {first.domains.size(), first.hosts.size(), first.contacts.size(),
                      first.messages.size(), first.registrars.size(), first.tlds.size()}) {
    EXPECT_EQ(size, 1u);
  }
}

TEST(ChangesDeathTest, NegativeFeesAndForeignObjectsAreBugs) {
  Changes changes;
  EXPECT_DEATH(changes.Charge(kGold, Money{-1}, "create", SomeDomain()), "check failed");
  EXPECT_DEATH(changes.Refund(kGold, Money{-1}, "create", SomeDomain()), "check failed");
  EXPECT_DEATH(changes.Update(SomeDomain(), Domain()), "check failed");
}

}  // namespace
}  // namespace registry
