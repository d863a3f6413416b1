#include "registry/commands/poll_acknowledge.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class PollAcknowledgeTest : public testing::Test {
 protected:
  PollAcknowledgeTest() {
    for (const auto& [id, registrar] : {std::pair{5, kSilver}, {7, kGold}, {8, kGold}}) {
      PollMessage message;
      message.id = id;
      message.registrar = registrar;
      scene.messages.push_back(message);
    }
  }

  Scene scene;
  PollAcknowledge command{kGold, 7};
};

TEST_F(PollAcknowledgeTest, RemovesTheMessageAndSaysHowManyRemain) {
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->answer.id, 7);
  EXPECT_EQ(outcome->answer.remaining, 1);
  ASSERT_EQ(scene.messages.size(), 2u);
  EXPECT_EQ(scene.messages[1].id, 8);
}

TEST_F(PollAcknowledgeTest, TakesAMessageThatIsNotTheOldest) {
  command.id = 8;
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->answer.remaining, 1);
}

TEST_F(PollAcknowledgeTest, SucceedsOncePerMessage) {
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(ReasonOf(scene.Commit(command)), kMessageNotFound.id);
}

TEST_F(PollAcknowledgeTest, DoesNotSeeTheMessagesOfOthers) {
  command.id = 5;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kMessageNotFound.id);
}

TEST_F(PollAcknowledgeTest, CountsDownWithinAGroup) {
  const std::vector<Decision> decisions =
      scene.Run({MakeCommand(kGold, "ack", PollAcknowledge{kGold, 8}),
                 MakeCommand(kGold, "ack", PollAcknowledge{kGold, 7}),
                 MakeCommand(kGold, "ack", PollAcknowledge{kGold, 8})},
                1, scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_TRUE(decisions[1].accepted());
  EXPECT_EQ(decisions[2].reason, kMessageNotFound.id);
  EXPECT_EQ(scene.messages.size(), 1u);
}

TEST_F(PollAcknowledgeTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, PollAcknowledge&) = {
      [](Scene& s, PollAcknowledge&) { s.asker = kSilver; },
      [](Scene&, PollAcknowledge& c) { c.id = 6; },
  };
  ExpectReasonsInOrder(scene, command, kPollAcknowledgeReasons, spoil);
}

}  // namespace
}  // namespace registry
