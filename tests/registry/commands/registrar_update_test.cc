#include "registry/commands/registrar_update.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarUpdateTest : public testing::Test {
 protected:
  RegistrarUpdateTest() {
    scene.asker = kOperator;
    before = *scene.directory.Registrar(kGold);
    command.id = before.id;
  }

  const Registrar& Committed() {
    EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
    return *scene.directory.Registrar(kGold);
  }

  Scene scene;
  Registrar before;
  RegistrarUpdate command;
};

TEST_F(RegistrarUpdateTest, ReplacesTheRecordButNotIdKeyPasswordAndSuspension) {
  Registrar record;
  record.key = kSilver;
  record.id = RegistrarId("bronze");
  record.suspended = true;
  record.password_hash = "$argon2id$stolen";
  record.name = "Gold GmbH";
  record.tlds = {"org"};
  record.max_sessions = 7;
  command.record = record;

  Registrar expected = record;
  expected.key = kGold;
  expected.id = before.id;
  expected.suspended = before.suspended;
  expected.password_hash = before.password_hash;
  EXPECT_EQ(Committed(), expected);
}

TEST_F(RegistrarUpdateTest, SuspendsAndResumes) {
  Registrar expected = before;
  command.suspended = true;
  expected.suspended = true;
  EXPECT_EQ(Committed(), expected);
  command.suspended = false;
  EXPECT_EQ(Committed(), before);
}

TEST_F(RegistrarUpdateTest, KeepsASuspensionThatIsNotMentioned) {
  scene.ChangeRegistrar(kGold, [](Registrar& gold) { gold.suspended = true; });
  command.record = before;
  EXPECT_TRUE(Committed().suspended);
}

TEST_F(RegistrarUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  command.suspended = true;
  void (*const spoil[])(Scene&, RegistrarUpdate&) = {
      [](Scene& s, RegistrarUpdate&) { s.asker = kGold; },
      [](Scene&, RegistrarUpdate& c) { c.suspended.reset(); },
      [](Scene&, RegistrarUpdate& c) { c.id = RegistrarId("bronze"); },
  };
  ExpectReasonsInOrder(scene, command, kRegistrarUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
