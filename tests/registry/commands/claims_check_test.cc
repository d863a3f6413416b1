#include "registry/commands/claims_check.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class ClaimsCheckTest : public testing::Test {
 protected:
  ClaimsCheckTest() {
    scene.ChangePolicy([](TldPolicy& policy) { policy.launch_phases = {{LaunchPhase::kClaims}}; });
    command.listed = true;
    Ask("brand.org", "key/1");
    Ask("other.org", "");
  }
  void Ask(std::string name, std::string key) {
    command.names.push_back({name, DomainName::Parse(name), std::move(key)});
  }
  Scene scene;
  ClaimsCheck command;
};

TEST_F(ClaimsCheckTest, GivesTheKeysInTheOrderAsked) {
  const auto answer = scene.Run(command);
  ASSERT_TRUE(answer.ok());
  ASSERT_EQ(answer->items.size(), 2u);
  EXPECT_EQ(answer->items[0].text, "brand.org");
  EXPECT_EQ(answer->items[0].claim_key, "key/1");
  EXPECT_EQ(answer->items[1].text, "other.org");
  EXPECT_EQ(answer->items[1].claim_key, "");
}

TEST_F(ClaimsCheckTest, NamesThatAreNotOursHaveNoClaims) {
  command.names.clear();
  Ask("brand.example", "key/1");
  Ask("brand.of.org", "key/1");
  Ask("-brand.org", "key/1");
  const auto answer = scene.Run(command);
  ASSERT_TRUE(answer.ok());
  for (const auto& item : answer->items) EXPECT_EQ(item.claim_key, "") << item.text;
}

TEST_F(ClaimsCheckTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, ClaimsCheck&) = {
      [](Scene& s, ClaimsCheck&) {
        s.ChangePolicy([](TldPolicy& policy) { policy.launch_phases.clear(); });
      },
      [](Scene&, ClaimsCheck& c) { c.listed = false; }};
  ExpectReasonsInOrder(scene, command, kClaimsCheckReasons, spoil);
}

}  // namespace
}  // namespace registry
