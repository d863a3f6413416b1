#include "registry/commands/idn_apply.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class IdnApplyTest : public testing::Test {
 protected:
  IdnApplyTest() {
    scene.asker = kOperator;
    command.table =
        *ParseIdnTable("t", "table = t\nallow = 0061-007A 00DF\nvariant = 00DF : 0073 0073\n");
  }

  Scene scene;
  IdnApply command;
};

TEST_F(IdnApplyTest, MakesATable) {
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  ASSERT_NE(scene.directory.Idn("t"), nullptr);
  EXPECT_EQ(*scene.directory.Idn("t"), command.table);
  EXPECT_EQ(scene.directory.VariantKey(DomainName("strasse.org")), "") << "nobody offers it";
}

TEST_F(IdnApplyTest, ReplacesOneWithTheVariantsOfItsTlds) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.idn_tables = {"t"}; });
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(scene.directory.VariantKey(DomainName("strasse.org")), "strasse.org");
  command.table = *ParseIdnTable("t", "table = t\nallow = 0061-007A\n");
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(*scene.directory.Idn("t"), command.table);
  EXPECT_EQ(scene.directory.VariantKey(DomainName("strasse.org")), "");
}

TEST_F(IdnApplyTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, IdnApply&) = {
      [](Scene& s, IdnApply&) { s.asker = kGold; },
      [](Scene& s, IdnApply&) {
        s.directory.Add(
            *ParseIdnTable("u", "table = u\nallow = 00DF\nvariant = 00DF : 0073 007A\n"));
        s.ChangePolicy([](TldPolicy& policy) { policy.idn_tables = {"t", "u"}; });
      },
  };
  ExpectReasonsInOrder(scene, command, kIdnApplyReasons, spoil);
}

}  // namespace
}  // namespace registry
