#include "registry/commands/domain_delete.h"

#include <gmock/gmock.h>

#include "registry/commands/domain_create.h"
#include "registry/commands/host_delete.h"
#include "registry/types/years.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

class DomainDeleteTest : public testing::Test {
 protected:
  DomainDeleteTest() : domain(scene.AddDomain("example.org")) { command.name = domain.name; }

  void PutInAddGrace() {
    domain.created = scene.now - kDay;
    domain.grace = {{GraceKind::kAdd, scene.now + 4 * kDay, Money{1800}, kGold}};
  }

  Scene scene;
  Domain& domain;
  DomainDelete command;
};

TEST_F(DomainDeleteTest, BeginsTheRedemption) {
  scene.Delegate(domain, {"ns1.example.net"});
  domain.contacts = {{ContactRole::kAdmin, scene.AddContact("jon").key}};
  const Domain before = domain;
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOkPending);
  Domain expected = before;
  expected.phase = DomainPhase::kRedemption;
  expected.phase_ends = scene.now + 30 * kDay;
  expected.updater = kGold;
  expected.updated = scene.now;
  expected.version = 2;
  EXPECT_EQ(domain, expected) << "the links stay";
  EXPECT_TRUE(scene.ledger.empty());
}

TEST_F(DomainDeleteTest, InTheAddGracePeriodFreesTheNameAtOnce) {
  PutInAddGrace();
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_TRUE(scene.domains.empty());
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].kind, LedgerKind::kRefund);
  EXPECT_EQ(scene.ledger[0].amount, Money{1800});
  EXPECT_EQ(scene.balances[kGold], Money{101800});
}

TEST_F(DomainDeleteTest, GoesIntoRedemptionFromTheInstantTheAddGraceEnds) {
  PutInAddGrace();
  scene.now = domain.grace[0].ends - absl::Milliseconds(1);
  EXPECT_EQ(scene.Run(command)->code, ResultCode::kOk);
  scene.now = domain.grace[0].ends;
  EXPECT_EQ(scene.Run(command)->code, ResultCode::kOkPending);
  EXPECT_TRUE(scene.Run(command)->changes.ledger.empty());
}

TEST_F(DomainDeleteTest, UndoesARenewalInTheAddGracePeriodToo) {
  PutInAddGrace();
  domain.grace.push_back({GraceKind::kRenew, scene.now + kDay, Money{900}, kGold});
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_TRUE(scene.domains.empty());
  EXPECT_EQ(scene.balances[kGold], Money{102700});
}

TEST_F(DomainDeleteTest, OfATransferredDomainIsNoUndoing) {
  PutInAddGrace();
  domain.transferred = scene.now - absl::Hours(1);
  EXPECT_EQ(scene.Run(command)->code, ResultCode::kOkPending);
}

TEST_F(DomainDeleteTest, GivesRunningGracePeriodsBackAndEndsThem) {
  domain.grace = {{GraceKind::kAutoRenew, scene.now + kDay, Money{900}, kGold},
                  {GraceKind::kTransfer, scene.now + kDay, Money{700}, kSilver}};
  const auto outcome = scene.Commit(command);
  EXPECT_EQ(outcome->code, ResultCode::kOkPending);
  EXPECT_TRUE(domain.grace.empty());
  EXPECT_EQ(scene.balances[kGold], Money{100900});
  EXPECT_EQ(scene.balances[kSilver], Money{100700});
}

TEST_F(DomainDeleteTest, TakesTheYearsBackThatItRefunds) {
  const absl::Time expires = domain.expires;
  domain.expires = AddYears(expires, 4);
  domain.grace = {{GraceKind::kAutoRenew, scene.now + kDay, Money{900}, kGold, 1},
                  {GraceKind::kRenew, scene.now + kDay, Money{2700}, kGold, 3},
                  {GraceKind::kRenew, scene.now, Money{900}, kGold, 1}};
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(domain.expires, expires);
}

TEST_F(DomainDeleteTest, TakesWhatTheClockJustChargedBack) {
  scene.now = domain.expires + kDay;
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  ASSERT_EQ(scene.ledger.size(), 2u);
  EXPECT_EQ(scene.ledger[0].kind, LedgerKind::kCharge);
  EXPECT_EQ(scene.ledger[1].kind, LedgerKind::kRefund);
  EXPECT_EQ(scene.balances[kGold], Money{100000});
}

TEST_F(DomainDeleteTest, IsRefusedOnceDeleted) {
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(ReasonOf(scene.Commit(command)), kDeleteProhibited.id);
  scene.now += 30 * kDay;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDeleteProhibited.id);
  scene.now += 5 * kDay;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDomainNotFound.id);
}

TEST_F(DomainDeleteTest, NamesAHostThatStandsInItsWay) {
  scene.AddHost("ns2.example.org");
  scene.AddHost("ns1.example.org");
  EXPECT_EQ(scene.Run(command).rejection().subject, "ns1.example.org");
}

TEST_F(DomainDeleteTest, SeesAHostDeletedInTheSameGroup) {
  scene.AddHost("ns1.example.org");
  const HostDelete host{DomainName("ns1.example.org")};
  const auto decisions = scene.Run(
      {MakeCommand(kGold, "host-delete", host), MakeCommand(kGold, "domain-delete", command)}, 2000,
      scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_TRUE(decisions[1].accepted());
}

TEST_F(DomainDeleteTest, ThenCreateInOneGroupGivesTheNameAway) {
  PutInAddGrace();
  DomainCreate create;
  create.name = command.name;
  create.registrant = ContactId("holder");
  const auto decisions =
      scene.Run({MakeCommand(kGold, "delete", command), MakeCommand(kSilver, "create", create)},
                2000, scene.now);
  EXPECT_TRUE(decisions[1].accepted());
  EXPECT_EQ(scene.domain("example.org").sponsor, kSilver);
}

TEST_F(DomainDeleteTest, StatusesBindTheOperatorToo) {
  scene.asker = kOperator;
  domain.statuses = {Status::kServerDeleteProhibited};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kDeleteProhibited.id);
  domain.statuses = {};
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(DomainDeleteTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainDelete&) = {
      [](Scene&, DomainDelete& c) { c.name = DomainName("missing.org"); },
      [](Scene& s, DomainDelete&) { s.asker = kSilver; },
      [](Scene& s, DomainDelete&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene& s, DomainDelete&) {
        s.domain("example.org").statuses = {Status::kClientDeleteProhibited};
      },
      [](Scene& s, DomainDelete&) { s.AddHost("ns1.example.org"); },
  };
  ExpectReasonsInOrder(scene, command, kDomainDeleteReasons, spoil);
}

}  // namespace
}  // namespace registry
