#include "registry/commands/host_check.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

HostCheck::Asked Ask(std::string_view text) { return {std::string(text), DomainName::Parse(text)}; }

TEST(HostCheckTest, AnswersEachNameInTheOrderAsked) {
  Scene scene;
  scene.AddHost("ns1.example.net");
  const HostCheck command{{Ask("NS2.example.net"), Ask("ns1.example.net"), Ask("!.example.net")}};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  const auto& items = outcome->items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].text, "NS2.example.net") << "as the client wrote it";
  EXPECT_TRUE(items[0].available);
  EXPECT_EQ(items[0].reason, "");
  EXPECT_EQ(items[1].text, "ns1.example.net");
  EXPECT_FALSE(items[1].available);
  EXPECT_FALSE(items[2].available);
  for (int i : {1, 2}) {
    EXPECT_NE(items[i].reason, "");
    EXPECT_LE(items[i].reason.size(), 32u) << "the schema's limit";
  }
}

TEST(HostCheckTest, DoesNotAskForTheSuperordinateDomain) {
  Scene scene;
  const HostCheck command{{Ask("ns1.unregistered.org")}};
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_TRUE(outcome->items.at(0).available);
}

}  // namespace
}  // namespace registry
