#include "registry/commands/poll_request.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

PollMessage Message(int64_t id, RegistrarKey registrar, std::string text) {
  PollMessage message;
  message.id = id;
  message.registrar = registrar;
  message.text = std::move(text);
  return message;
}

TEST(PollRequestTest, GivesTheOldestOfTheOwnMessagesAgainAndAgain) {
  Scene scene;
  scene.messages = {Message(5, kSilver, "for silver"), Message(7, kGold, "first"),
                    Message(8, kGold, "second")};
  for (int i = 0; i < 2; ++i) {
    const auto outcome = scene.Run(PollRequest{kGold});
    ASSERT_EQ(ReasonOf(outcome), "accepted");
    EXPECT_EQ(outcome->count, 2);
    ASSERT_TRUE(outcome->message.has_value());
    EXPECT_EQ(outcome->message->id, 7);
    EXPECT_EQ(outcome->message->text, "first");
  }
}

TEST(PollRequestTest, HasNoMessageWhenTheQueueIsEmpty) {
  Scene scene;
  scene.messages = {Message(5, kSilver, "for silver")};
  const auto outcome = scene.Run(PollRequest{kGold});
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->count, 0);
  EXPECT_FALSE(outcome->message.has_value());
}

TEST(PollRequestTest, ReasonsApplyInTheirDocumentedOrder) {
  Scene scene;
  PollRequest command{kGold};
  void (*const spoil[])(Scene&, PollRequest&) = {
      [](Scene& s, PollRequest&) { s.asker = kSilver; },
  };
  ExpectReasonsInOrder(scene, command, kPollRequestReasons, spoil);
}

}  // namespace
}  // namespace registry
