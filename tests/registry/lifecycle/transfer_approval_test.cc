#include <gmock/gmock.h>

#include "registry/lifecycle/project.h"
#include "registry/lifecycle/transition.h"
#include "registry/types/years.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);

class TransferApprovalTest : public testing::Test {
 protected:
  TransferApprovalTest() : domain(scene.AddDomain("example.org")) {
    domain.transfer =
        Transfer{TransferState::kPending, kSilver, kGold,      scene.now,
                 scene.now + 5 * kDay,    1,       Money{900}, AddYears(domain.expires, 1)};
  }
  Projection At(absl::Time time) { return Project(domain, time, scene.directory); }
  Scene scene;
  Domain& domain;
};

TEST_F(TransferApprovalTest, IsDueAtTheEndOfTheWaitOfWhatIsPending) {
  EXPECT_EQ(kTransferApproval.due(domain), scene.now + 5 * kDay);
  EXPECT_EQ(NextEvent(domain), scene.now + 5 * kDay);
  domain.transfer->state = TransferState::kClientApproved;
  EXPECT_EQ(kTransferApproval.due(domain), absl::InfiniteFuture());
  domain.transfer.reset();
  EXPECT_EQ(kTransferApproval.due(domain), absl::InfiniteFuture());
}

TEST_F(TransferApprovalTest, HappensAtItsInstantAndNotBefore) {
  EXPECT_EQ(At(scene.now + 5 * kDay - absl::Milliseconds(1)).domain->sponsor, kGold);
  const Projection approved = At(scene.now + 5 * kDay);
  EXPECT_EQ(approved.domain->sponsor, kSilver);
  EXPECT_EQ(approved.domain->transfer->state, TransferState::kServerApproved);
  EXPECT_EQ(approved.domain->transferred, scene.now + 5 * kDay);
  EXPECT_EQ(approved.domain->updater, kLifecycle);
  EXPECT_EQ(approved.arrears.domains.back().happened, scene.now + 5 * kDay);
  EXPECT_EQ(approved.arrears.messages.size(), 2u);
}

TEST_F(TransferApprovalTest, OfADomainThatExpiresMeanwhileTakesThePlaceOfTheAutomaticYear) {
  const absl::Time expiry = scene.now + 2 * kDay;
  domain.expires = expiry;
  const Projection approved = At(scene.now + 5 * kDay);
  EXPECT_EQ(approved.domain->expires, AddYears(expiry, 1));
  // The losing registrar has paid for nothing.
  Money gold;
  for (const LedgerEntry& entry : approved.arrears.ledger) {
    EXPECT_EQ(entry.registrar, kGold);
    gold += entry.amount;
  }
  EXPECT_EQ(gold, Money{});
}

TEST_F(TransferApprovalTest, LaterTransitionsFollowOnIt) {
  const Projection later = At(domain.expires + 400 * kDay);
  EXPECT_EQ(later.domain->sponsor, kSilver);
  EXPECT_EQ(later.arrears.ledger.back().registrar, kSilver) << "he pays the automatic renewal";
}

}  // namespace
}  // namespace registry
