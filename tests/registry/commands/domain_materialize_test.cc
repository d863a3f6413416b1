#include "registry/commands/domain_materialize.h"

#include <gtest/gtest.h>

#include "registry/lifecycle/project.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class DomainMaterializeTest : public testing::Test {
 protected:
  DomainMaterializeTest() : domain(scene.AddDomain("example.org")) {
    command.domain = domain.key;
    scene.asker = kLifecycle;
  }
  Scene scene;
  Domain& domain;
  DomainMaterialize command;
};

TEST_F(DomainMaterializeTest, WritesWhatTheClockHasDone) {
  scene.now = domain.expires + absl::Hours(1);
  const Domain projected = *Project(domain, scene.now, scene.directory).domain;
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(domain, projected);
  EXPECT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.messages.size(), 1u);
}

TEST_F(DomainMaterializeTest, DoesItOnceHoweverOftenItIsAsked) {
  scene.now = domain.expires + absl::Hours(1);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(scene.ledger.size(), 1u);
  const auto decisions = scene.Run({MakeCommand(kLifecycle, "materialize", command),
                                    MakeCommand(kLifecycle, "materialize", command)},
                                   2000, domain.expires);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_TRUE(decisions[1].accepted());
  EXPECT_EQ(scene.ledger.size(), 2u);
}

TEST_F(DomainMaterializeTest, Purges) {
  domain.phase = DomainPhase::kPendingDelete;
  domain.phase_ends = scene.now;
  EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_TRUE(scene.domains.empty());
}

TEST_F(DomainMaterializeTest, OfNothingIsASuccess) {
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->changes.empty());
  command.domain = DomainKey{12345};
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted") << "it is gone already";
}

TEST_F(DomainMaterializeTest, IsForTheClockAndTheOperator) {
  scene.asker = kOperator;
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  scene.asker = kGold;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kOperatorOnly.id);
}

TEST_F(DomainMaterializeTest, HoldsTheRowAsForADeletion) {
  EXPECT_EQ(NeedsOf(command).domain_keys_lock, Lock::kDelete);
}

}  // namespace
}  // namespace registry
