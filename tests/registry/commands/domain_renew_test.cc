#include "registry/commands/domain_renew.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

class DomainRenewTest : public testing::Test {
 protected:
  DomainRenewTest() : domain(scene.AddDomain("example.org")) {
    command = {domain.name, UtcDay(domain.expires), Years(2)};
  }
  Scene scene;
  Domain& domain;
  DomainRenew command;
};

TEST_F(DomainRenewTest, ExtendsFromTheOldExpiryNotFromNow) {
  const Domain before = domain;
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  Domain expected = before;
  expected.expires = AddYears(before.expires, 2);
  expected.grace = {{GraceKind::kRenew, scene.now + 5 * kDay, Money{1800}, kGold, 2}};
  expected.updater = kGold;
  expected.updated = scene.now;
  expected.version = 2;
  EXPECT_EQ(domain, expected);
}

TEST_F(DomainRenewTest, AnswersWithTheNewExpiryAndTheFee) {
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_EQ(outcome->answer.name, domain.name);
  EXPECT_EQ(outcome->answer.expires, AddYears(domain.expires, 2));
  EXPECT_EQ(outcome->answer.charged, Money{1800});
}

TEST_F(DomainRenewTest, IsChargedForTheVersionItMakes) {
  scene.Commit(command).ok();
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].registrar, kGold);
  EXPECT_EQ(scene.ledger[0].amount, Money{-1800});
  EXPECT_EQ(scene.ledger[0].what, "renew");
  EXPECT_EQ(scene.ledger[0].domain, domain.key);
  EXPECT_EQ(scene.ledger[0].domain_version, 2);
}

TEST_F(DomainRenewTest, SentAgainFailsOnTheExpiryAndCostsNothing) {
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(ReasonOf(scene.Commit(command)), kExpiryMismatch.id);
  EXPECT_EQ(scene.ledger.size(), 1u);
}

TEST_F(DomainRenewTest, GoesByTheExpiryAsItIsNow) {
  const absl::Time expiry = domain.expires;
  scene.now = expiry + kDay;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kExpiryMismatch.id) << "the clock renewed it";
  command.current_expiry = UtcDay(AddYears(expiry, 1));
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(domain.expires, AddYears(expiry, 3));
  ASSERT_EQ(scene.ledger.size(), 2u);
  EXPECT_EQ(scene.ledger[0].what, "auto-renew");
  EXPECT_EQ(scene.ledger[1].what, "renew");
  EXPECT_EQ(domain.grace.size(), 2u);
}

TEST_F(DomainRenewTest, ComparesTheDayInUtc) {
  domain.expires = At("2027-03-07T23:59:59.999Z");
  command.current_expiry = absl::CivilDay(2027, 3, 7);
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  domain.expires = At("2027-03-08T00:00:00.000Z");
  EXPECT_EQ(ReasonOf(scene.Run(command)), kExpiryMismatch.id);
}

TEST_F(DomainRenewTest, ReachesTenYearsFromNowAndNotAMillisecondMore) {
  command.period = Years(9);
  domain.expires = AddYears(scene.now, 1);
  command.current_expiry = UtcDay(domain.expires);
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  domain.expires += absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTooFarAhead.id);
}

TEST_F(DomainRenewTest, ByTheOperatorIsFreeWhateverTheBalance) {
  scene.asker = kOperator;
  scene.balances[kGold] = Money{-1};
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->answer.charged, Money{});
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].amount, Money{});
  EXPECT_EQ(domain.grace[0].fee, Money{}) << "nothing was paid, nothing comes back";
  EXPECT_EQ(domain.updater, kOperator);
}

TEST_F(DomainRenewTest, IsRefusedToADeletedDomain) {
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + kDay;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kRenewProhibited.id);
}

TEST_F(DomainRenewTest, IsRefusedWhereTheTldHasNoPolicy) {
  domain.name = DomainName("example.net");
  command.name = domain.name;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTldNotAllowed.id);
}

TEST_F(DomainRenewTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainRenew&) = {
      [](Scene&, DomainRenew& c) { c.name = DomainName("missing.org"); },
      [](Scene& s, DomainRenew&) { s.asker = kSilver; },
      [](Scene& s, DomainRenew&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene& s, DomainRenew&) {
        s.domain("example.org").statuses = {Status::kClientRenewProhibited};
      },
      [](Scene&, DomainRenew& c) { c.current_expiry += 1; },
      [](Scene&, DomainRenew& c) { c.period = Years(10); },
      [](Scene& s, DomainRenew& c) {
        c.agreement.reset();
        s.ChangePolicy([](TldPolicy& p) {
          p.premium_classes["rare"] = {Money{1}, Money{900}, Money{1}, Money{1}};
        });
        s.domain("example.org").premium_class = "rare";
      },
      [](Scene&, DomainRenew& c) {
        c.agreement = FeeAgreement{"EUR", Money{0}};
      },
      [](Scene&, DomainRenew& c) {
        c.agreement = FeeAgreement{"USD", Money{1799}};
      },
      [](Scene& s, DomainRenew&) { s.balances[kGold] = Money{1799}; },
  };
  ExpectReasonsInOrder(scene, command, kDomainRenewReasons, spoil);
}

}  // namespace
}  // namespace registry
