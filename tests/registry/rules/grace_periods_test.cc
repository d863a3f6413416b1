#include "registry/rules/grace_periods.h"

#include <gmock/gmock.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const absl::Time kNow = At("2026-06-15T12:00:00.000Z");
constexpr absl::Duration kInstant = absl::Milliseconds(1);

GracePeriod Grace(GraceKind kind, absl::Time ends, Money fee = Money{900}) {
  return {kind, ends, fee, kGold};
}

TEST(RgpStatusesTest, StandInTheOrderOfTheRfcEachOnce) {
  Domain domain;
  domain.grace = {
      Grace(GraceKind::kTransfer, kNow + kInstant), Grace(GraceKind::kRenew, kNow + kInstant),
      Grace(GraceKind::kRenew, kNow + absl::Hours(1)),
      Grace(GraceKind::kAutoRenew, kNow + kInstant), Grace(GraceKind::kAdd, kNow + kInstant)};
  EXPECT_THAT(RgpStatuses(domain, kNow),
              ElementsAre("addPeriod", "renewPeriod", "autoRenewPeriod", "transferPeriod"));
}

TEST(RgpStatusesTest, EndAtTheirInstant) {
  Domain domain;
  domain.grace = {Grace(GraceKind::kAdd, kNow)};
  EXPECT_THAT(RgpStatuses(domain, kNow - kInstant), ElementsAre("addPeriod"));
  EXPECT_THAT(RgpStatuses(domain, kNow), IsEmpty());
}

TEST(RgpStatusesTest, FollowThePhase) {
  Domain domain;
  domain.phase = DomainPhase::kRedemption;
  EXPECT_THAT(RgpStatuses(domain, kNow), ElementsAre("redemptionPeriod"));
  domain.phase = DomainPhase::kPendingDelete;
  EXPECT_THAT(RgpStatuses(domain, kNow), ElementsAre("pendingDelete"));
}

TEST(BeginGraceTest, LeavesOutWhatWouldEndAtOnce) {
  Domain domain;
  BeginGrace(domain, Grace(GraceKind::kAdd, kNow), kNow);
  EXPECT_THAT(domain.grace, IsEmpty());
  BeginGrace(domain, Grace(GraceKind::kAdd, kNow + kInstant), kNow);
  EXPECT_THAT(domain.grace, ElementsAre(Grace(GraceKind::kAdd, kNow + kInstant)));
}

TEST(InAddGraceTest, IsTrueUntilTheEndAndForThisKindAlone) {
  Domain domain;
  EXPECT_FALSE(InAddGrace(domain, kNow));
  domain.grace = {Grace(GraceKind::kRenew, kNow + kInstant)};
  EXPECT_FALSE(InAddGrace(domain, kNow));
  domain.grace.push_back(Grace(GraceKind::kAdd, kNow + kInstant));
  EXPECT_TRUE(InAddGrace(domain, kNow));
  EXPECT_FALSE(InAddGrace(domain, kNow + kInstant));
}

TEST(RefundGracePeriodsTest, GivesBackWhatRunsAndCostSomething) {
  Domain domain;
  domain.key = DomainKey{7};
  domain.version = 3;
  domain.grace = {Grace(GraceKind::kAdd, kNow + kInstant, Money{1800}),
                  Grace(GraceKind::kRenew, kNow),
                  Grace(GraceKind::kRenew, kNow + kInstant, Money{0}),
                  GracePeriod{GraceKind::kAutoRenew, kNow + kInstant, Money{900}, kSilver},
                  Grace(GraceKind::kTransfer, kNow + kInstant, Money{700})};
  Changes changes;
  RefundGracePeriods(domain, kNow, changes);
  ASSERT_EQ(changes.ledger.size(), 3u);
  EXPECT_EQ(changes.ledger[0].registrar, kGold);
  EXPECT_EQ(changes.ledger[0].kind, LedgerKind::kRefund);
  EXPECT_EQ(changes.ledger[0].amount, Money{1800});
  EXPECT_EQ(changes.ledger[0].what, "create");
  EXPECT_EQ(changes.ledger[0].domain, DomainKey{7});
  EXPECT_EQ(changes.ledger[0].domain_version, 3);
  EXPECT_EQ(changes.ledger[1].registrar, kSilver);
  EXPECT_EQ(changes.ledger[1].what, "auto-renew");
  EXPECT_EQ(changes.ledger[2].what, "transfer");
}

// From 29 February 2032: the clock renewed for one year, then the sponsor for four.
Domain TwiceRenewedFromALeapDay() {
  Domain domain;
  domain.expires = At("2037-02-28T12:00:00.000Z");
  domain.grace = {{GraceKind::kAutoRenew, kNow + absl::Hours(1), Money{900}, kGold, 1, true},
                  {GraceKind::kRenew, kNow + kInstant, Money{3600}, kGold, 4}};
  return domain;
}

TEST(ExpiryWithoutGracePeriodsTest, GoesBackToALeapDay) {
  const Domain domain = TwiceRenewedFromALeapDay();
  EXPECT_EQ(ExpiryWithoutGracePeriods(domain, kNow), At("2032-02-29T12:00:00.000Z"));
}

TEST(ExpiryWithoutGracePeriodsTest, KeepsWhatAnEndedPeriodBought) {
  const Domain domain = TwiceRenewedFromALeapDay();
  EXPECT_EQ(ExpiryWithoutGracePeriods(domain, kNow + kInstant), At("2036-02-29T12:00:00.000Z"))
      << "where four years from the leap day end";
  EXPECT_EQ(ExpiryWithoutGracePeriods(domain, kNow + absl::Hours(1)), domain.expires);
}

TEST(ExpiryWithoutAutoRenewalTest, TakesNothingElseBack) {
  const Domain domain = TwiceRenewedFromALeapDay();
  EXPECT_EQ(ExpiryWithoutAutoRenewal(domain, kNow), At("2036-02-29T12:00:00.000Z"));
  EXPECT_EQ(ExpiryWithoutAutoRenewal(domain, kNow + absl::Hours(1)), domain.expires);
}

TEST(DropEndedGracePeriodsTest, KeepsThoseThatRun) {
  Domain domain;
  domain.grace = {Grace(GraceKind::kAdd, kNow), Grace(GraceKind::kRenew, kNow + kInstant),
                  Grace(GraceKind::kAutoRenew, kNow - kInstant)};
  DropEndedGracePeriods(domain, kNow);
  EXPECT_THAT(domain.grace, ElementsAre(Grace(GraceKind::kRenew, kNow + kInstant)));
}

}  // namespace
}  // namespace registry
