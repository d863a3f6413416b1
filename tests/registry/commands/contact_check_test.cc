#include "registry/commands/contact_check.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

ContactCheck::Asked Ask(std::string_view text) {
  return {std::string(text), ContactId::Parse(text)};
}

TEST(ContactCheckTest, AnswersEachIdentifierInTheOrderAsked) {
  Scene scene;
  scene.AddContact("jon");
  const ContactCheck command{{Ask("Jon"), Ask("jon"), Ask("x")}};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  const auto& items = outcome->items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].text, "Jon");
  EXPECT_TRUE(items[0].available) << "case matters";
  EXPECT_EQ(items[0].reason, "");
  EXPECT_FALSE(items[1].available);
  EXPECT_EQ(items[2].text, "x");
  EXPECT_FALSE(items[2].available);
  for (int i : {1, 2}) {
    EXPECT_NE(items[i].reason, "");
    EXPECT_LE(items[i].reason.size(), 32u) << "the schema's limit";
  }
}

}  // namespace
}  // namespace registry
