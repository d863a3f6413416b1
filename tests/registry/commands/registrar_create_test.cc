#include "registry/commands/registrar_create.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class RegistrarCreateTest : public testing::Test {
 protected:
  RegistrarCreateTest() {
    scene.asker = kOperator;
    command.registrar.id = RegistrarId("bronze");
    command.registrar.name = "Bronze Ltd";
    command.registrar.credit_limit = Money{500};
  }

  Scene scene;
  RegistrarCreate command;
};

TEST_F(RegistrarCreateTest, PutsTheRecordForTheDatabaseToNumber) {
  command.registrar.key = kGold;
  const auto outcome = scene.Run(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  ASSERT_EQ(outcome->changes.registrars.size(), 1u);
  Registrar expected = command.registrar;
  expected.key = kNoRegistrar;
  expected.password_set = scene.now;
  EXPECT_EQ(outcome->changes.registrars[0], expected);
}

TEST_F(RegistrarCreateTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, RegistrarCreate&) = {
      [](Scene& s, RegistrarCreate&) { s.asker = kGold; },
      [](Scene&, RegistrarCreate& c) { c.registrar.id = RegistrarId("b ronze"); },
      [](Scene&, RegistrarCreate& c) { c.registrar.id = RegistrarId("Silver"); },
      [](Scene&, RegistrarCreate& c) { c.registrar.name = ""; },
  };
  ExpectReasonsInOrder(scene, command, kRegistrarCreateReasons, spoil);
}

}  // namespace
}  // namespace registry
