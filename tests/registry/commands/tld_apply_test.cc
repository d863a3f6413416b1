#include "registry/commands/tld_apply.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class TldApplyTest : public testing::Test {
 protected:
  TldApplyTest() {
    scene.asker = kOperator;
    command.policy.tld = "ngo";
  }

  Scene scene;
  TldApply command;
};

TEST_F(TldApplyTest, MakesATldThatIsNotThere) {
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  ASSERT_NE(scene.directory.Tld("ngo"), nullptr);
  EXPECT_EQ(*scene.directory.Tld("ngo"), command.policy);
}

TEST_F(TldApplyTest, ReplacesThePolicyAsAWhole) {
  command.policy = *scene.directory.Tld("org");
  command.policy.create_fee = Money{1234};
  command.policy.reserved = {"nic"};
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(*scene.directory.Tld("org"), command.policy);
}

TEST_F(TldApplyTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, TldApply&) = {
      [](Scene& s, TldApply&) { s.asker = kGold; },
      [](Scene&, TldApply& c) { c.policy.bundle_of = "nowhere"; },
      [](Scene& s, TldApply& c) {
        TldPolicy chained;
        chained.tld = "chained";
        chained.bundle_of = "org";
        s.directory.Add(chained);
        c.policy.bundle_of = "chained";
      },
      [](Scene& s, TldApply& c) {
        TldPolicy taken;
        taken.tld = "taken";
        taken.bundle_of = "org";
        s.directory.Add(taken);
        c.policy.bundle_of = "org";
      },
      [](Scene& s, TldApply& c) {
        TldPolicy primary;
        primary.tld = "primary";
        s.directory.Add(primary);
        s.AddDomain("example.ngo");
        c.policy.bundle_of = "primary";
      },
  };
  ExpectReasonsInOrder(scene, command, kTldApplyReasons, spoil);
}

}  // namespace
}  // namespace registry
