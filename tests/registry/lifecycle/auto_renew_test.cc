#include <gmock/gmock.h>

#include "registry/lifecycle/transition.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;

class AutoRenewTest : public testing::Test {
 protected:
  AutoRenewTest() : domain(scene.AddDomain("example.org")) {
    scene.ChangePolicy([](TldPolicy& policy) {
      policy.renew_fee = Money{700};
      policy.auto_renew_grace = absl::Hours(24 * 45);
    });
  }
  Changes Renew() {
    return kAutoRenew.apply(domain, kAutoRenew.due(domain), *scene.directory.Tld("org"));
  }
  Scene scene;
  Domain& domain;
};

TEST_F(AutoRenewTest, IsDueAtTheExpiryOfWhatIsNotDeleted) {
  EXPECT_EQ(kAutoRenew.due(domain), domain.expires);
  domain.phase = DomainPhase::kRedemption;
  EXPECT_EQ(kAutoRenew.due(domain), absl::InfiniteFuture());
  domain.phase = DomainPhase::kPendingDelete;
  EXPECT_EQ(kAutoRenew.due(domain), absl::InfiniteFuture());
}

TEST_F(AutoRenewTest, CostsWhatTheDomainsClassCosts) {
  scene.ChangePolicy([](TldPolicy& policy) {
    policy.premium_classes["rare"] = {Money{1}, Money{5000}, Money{1}, Money{1}};
    policy.premium["example"] = "rare";
  });
  EXPECT_EQ(Renew().ledger[0].amount, Money{-700}) << "it was registered before";
  domain.premium_class = "rare";
  EXPECT_EQ(Renew().ledger[0].amount, Money{-5000});
}

TEST_F(AutoRenewTest, AddsOneYearAndAGracePeriodFromTheExpiry) {
  domain.expires = At("2026-06-01T01:02:03.004Z");
  const Changes changes = Renew();
  ASSERT_EQ(changes.domains.size(), 1u);
  EXPECT_EQ(changes.domains[0].before, domain);
  Domain expected = domain;
  expected.expires = At("2027-06-01T01:02:03.004Z");
  expected.grace = {{GraceKind::kAutoRenew, At("2026-07-16T01:02:03.004Z"), Money{700}, kGold, 1}};
  expected.updater = kLifecycle;
  expected.updated = At("2026-06-01T01:02:03.004Z");
  expected.version = 2;
  EXPECT_EQ(changes.domains[0].after, expected);
}

TEST_F(AutoRenewTest, MovesTheTwentyNinthOfFebruary) {
  domain.expires = At("2028-02-29T12:00:00.000Z");
  EXPECT_EQ(Renew().domains[0].after->expires, At("2029-02-28T12:00:00.000Z"));
}

TEST_F(AutoRenewTest, IsChargedToTheSponsorHoweverLowTheBalance) {
  domain.sponsor = kSilver;
  scene.balances[kSilver] = Money{-100000};
  const Changes changes = Renew();
  ASSERT_EQ(changes.ledger.size(), 1u);
  EXPECT_EQ(changes.ledger[0].registrar, kSilver);
  EXPECT_EQ(changes.ledger[0].kind, LedgerKind::kCharge);
  EXPECT_EQ(changes.ledger[0].amount, Money{-700});
  EXPECT_EQ(changes.ledger[0].what, "auto-renew");
  EXPECT_EQ(changes.ledger[0].domain, domain.key);
  EXPECT_EQ(changes.ledger[0].domain_version, 2);
  EXPECT_EQ(changes.domains[0].after->grace[0].payer, kSilver);
}

TEST_F(AutoRenewTest, IsAnnouncedToTheSponsorAtItsInstant) {
  const Changes changes = Renew();
  ASSERT_EQ(changes.messages.size(), 1u);
  EXPECT_EQ(changes.messages[0].registrar, kGold);
  EXPECT_EQ(changes.messages[0].queued, domain.expires);
  EXPECT_EQ(changes.messages[0].object_name, "example.org");
  EXPECT_EQ(changes.messages[0].text,
            "The domain example.org has expired and was renewed for one year");
  EXPECT_EQ(changes.messages[0].notice, PollMessage::Notice::kRenewed);
  EXPECT_EQ(changes.messages[0].expires, changes.domains[0].after->expires);
}

}  // namespace
}  // namespace registry
