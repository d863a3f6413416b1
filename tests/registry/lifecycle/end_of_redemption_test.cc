#include <gtest/gtest.h>

#include "registry/lifecycle/transition.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class EndOfRedemptionTest : public testing::Test {
 protected:
  EndOfRedemptionTest() : domain(scene.AddDomain("example.org")) {
    domain.phase = DomainPhase::kRedemption;
    domain.phase_ends = At("2026-06-20T00:00:00.001Z");
  }
  Scene scene;
  Domain& domain;
};

TEST_F(EndOfRedemptionTest, IsDueInThatPhaseAlone) {
  EXPECT_EQ(kEndOfRedemption.due(domain), domain.phase_ends);
  domain.phase = DomainPhase::kPendingDelete;
  EXPECT_EQ(kEndOfRedemption.due(domain), absl::InfiniteFuture());
  domain.phase = DomainPhase::kActive;
  EXPECT_EQ(kEndOfRedemption.due(domain), absl::InfiniteFuture());
}

TEST_F(EndOfRedemptionTest, BeginsThePendingDeleteWhichIsFree) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.pending_delete = absl::Hours(24 * 5); });
  const Changes changes =
      kEndOfRedemption.apply(domain, domain.phase_ends, *scene.directory.Tld("org"));
  ASSERT_EQ(changes.domains.size(), 1u);
  Domain expected = domain;
  expected.phase = DomainPhase::kPendingDelete;
  expected.phase_ends = At("2026-06-25T00:00:00.001Z");
  expected.updater = kLifecycle;
  expected.updated = domain.phase_ends;
  expected.version = 2;
  EXPECT_EQ(changes.domains[0].after, expected);
  EXPECT_TRUE(changes.ledger.empty());
}

}  // namespace
}  // namespace registry
