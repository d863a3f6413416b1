#include "registry/commands/login_failed.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class LoginFailedTest : public testing::Test {
 protected:
  LoginFailedTest() { scene.asker = kPublic; }
  Scene scene;
  LoginFailed command{kGold};
};

TEST_F(LoginFailedTest, IsCountedByTheHour) {
  scene.now = At("2026-06-01T10:59:59.999Z");
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  scene.now = At("2026-06-01T11:00:00Z");
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  const WorkingSet::FailuresByHour expected = {{At("2026-06-01T10:00:00Z"), 2},
                                               {At("2026-06-01T11:00:00Z"), 1}};
  EXPECT_EQ(scene.failed_logins[kGold], expected);
}

TEST_F(LoginFailedTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, LoginFailed&) = {
      [](Scene&, LoginFailed& c) { c.registrar = kStranger; },
  };
  ExpectReasonsInOrder(scene, command, kLoginFailedReasons, spoil);
}

}  // namespace
}  // namespace registry
