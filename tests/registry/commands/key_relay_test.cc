#include "registry/commands/key_relay.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class KeyRelayTest : public testing::Test {
 protected:
  KeyRelayTest() : domain(scene.AddDomain("example.org")) {
    scene.asker = kSilver;
    command.name = domain.name;
    command.credential.auth = AuthInfo(Scene::kAuth);
    command.keys = {{257, 3, 13, "AQID", std::nullopt, "P1M"}};
  }
  Scene scene;
  Domain& domain;
  KeyRelay command;
};

TEST_F(KeyRelayTest, TheSponsorGetsTheKeysAndTheDomainStaysAsItIs) {
  const Domain before = domain;
  command.keys.push_back({256, 3, 15, "BAUG", scene.now, ""});
  command.keys.push_back({256, 3, 15, "BAUG", std::nullopt, ""});
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  EXPECT_EQ(domain, before);
  ASSERT_EQ(scene.messages.size(), 1u);
  const PollMessage& message = scene.messages[0];
  EXPECT_EQ(message.registrar, kGold);
  EXPECT_EQ(message.notice, PollMessage::Notice::kKeyRelay);
  EXPECT_EQ(message.object_name, "example.org");
  EXPECT_EQ(message.text, "Keys for the domain example.org from silver");
  const auto notice = ParseKeyRelay(message.detail);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->from, Number(kSilver));
  EXPECT_EQ(notice->keys, command.keys);
}

TEST_F(KeyRelayTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, KeyRelay&) = {
      [](Scene&, KeyRelay& c) { c.name = DomainName("missing.org"); },
      [](Scene& s, KeyRelay&) { s.asker = kOperator; },
      [](Scene&, KeyRelay& c) { c.credential.auth = AuthInfo("another-value"); },
      [](Scene& s, KeyRelay&) { s.asker = kGold; },
      [](Scene&, KeyRelay& c) { c.keys.resize(9, c.keys[0]); },
  };
  ExpectReasonsInOrder(scene, command, kKeyRelayReasons, spoil);
}

TEST(KeyRelayTextTest, WhatIsNoneIsNotRead) {
  for (const char* text : {"", "1", "x\n257 3 13 - AQID", "1\n257 3 13 AQID", "1\n257 3 13 - AQID more",
                           "1\n257 3 x - AQID", "1\n257 3 13 @x AQID", "1\n"}) {
    EXPECT_FALSE(ParseKeyRelay(text)) << text;
  }
}

}  // namespace
}  // namespace registry
