#include "registry/commands/login_succeeded.h"

#include <gtest/gtest.h>

#include "registry/commands/login_failed.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class LoginSucceededTest : public testing::Test {
 protected:
  LoginSucceededTest() {
    scene.now = At("2026-06-02T10:30:00Z");
    scene.failed_logins[kGold] = {{At("2026-06-01T09:00:00Z"), 5},
                                  {At("2026-06-01T10:00:00Z"), 3},
                                  {At("2026-06-02T10:00:00Z"), 2}};
    scene.failed_logins[kSilver] = {{At("2026-06-02T10:00:00Z"), 7}};
  }
  Scene scene;
  LoginSucceeded command{kGold, absl::Hours(24)};
};

TEST_F(LoginSucceededTest, TellsTheFailuresOfTheHoursThatTheWindowTouches) {
  const auto outcome = scene.Run(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->answer.count, 5);
  command.window = absl::Hours(25);
  EXPECT_EQ(scene.Run(command)->answer.count, 10);
}

TEST_F(LoginSucceededTest, ForgetsAllOfThem) {
  command.window = absl::Hours(1);
  EXPECT_EQ(scene.Commit(command)->answer.count, 2);
  EXPECT_FALSE(scene.failed_logins.contains(kGold));
  EXPECT_EQ(scene.failed_logins[kSilver].size(), 1u);
  const auto again = scene.Commit(command);
  EXPECT_EQ(again->answer.count, 0);
  EXPECT_TRUE(again->changes.empty()) << "nothing is written where nothing failed";
}

TEST_F(LoginSucceededTest, ForgetsWhatNobodyIsToldOf) {
  scene.failed_logins[kGold] = {{At("2026-01-01T09:00:00Z"), 5}};
  EXPECT_EQ(scene.Commit(command)->answer.count, 0);
  EXPECT_FALSE(scene.failed_logins.contains(kGold));
}

TEST_F(LoginSucceededTest, CountsWhatFailedBeforeItInTheSameGroup) {
  const auto decisions = scene.Run(
      {MakeCommand(kPublic, "login", LoginFailed{kGold}), MakeCommand(kGold, "login", command),
       MakeCommand(kPublic, "login", LoginFailed{kGold})},
      1, scene.now);
  for (const Decision& decision : decisions) EXPECT_TRUE(decision.accepted());
  const WorkingSet::FailuresByHour expected = {{At("2026-06-02T10:00:00Z"), 1}};
  EXPECT_EQ(scene.failed_logins[kGold], expected);
}

TEST_F(LoginSucceededTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, LoginSucceeded&) = {
      [](Scene& s, LoginSucceeded&) { s.asker = kSilver; },
  };
  ExpectReasonsInOrder(scene, command, kLoginSucceededReasons, spoil);
}

}  // namespace
}  // namespace registry
