#include "registry/commands/host_lookup.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class HostLookupTest : public testing::Test {
 protected:
  HostLookupTest() {
    scene.AddDomain("example.org");
    scene.AddHost("ns2.example.org", {"192.0.2.1", "192.0.2.2"});
    scene.AddHost("ns1.example.org", {"192.0.2.1"});
    scene.AddHost("ns3.example.org", {"192.0.2.3"});
    scene.AddHost("ns.example.net");
    scene.Delegate(scene.domain("example.org"), {"ns2.example.org"});
    scene.asker = kPublic;
  }
  std::vector<std::string> Names(const HostLookup& command) {
    const auto outcome = scene.Run(command);
    EXPECT_EQ(ReasonOf(outcome), "accepted");
    std::vector<std::string> names;
    for (const HostInfoAnswer& found : outcome->hosts) names.push_back(found.host.name.text());
    return names;
  }

  Scene scene;
};

TEST_F(HostLookupTest, FindsOneHostByName) {
  EXPECT_EQ(Names({DomainName("ns.example.net"), {}}), std::vector<std::string>{"ns.example.net"});
}

TEST_F(HostLookupTest, FindsAllHostsWithAnAddressByName) {
  EXPECT_EQ(Names({{}, IpAddress("192.0.2.1")}),
            (std::vector<std::string>{"ns1.example.org", "ns2.example.org"}));
}

TEST_F(HostLookupTest, ShowsByNameWhetherItIsLinked) {
  const auto by_name = scene.Run(HostLookup{DomainName("ns2.example.org"), {}});
  ASSERT_TRUE(by_name.ok());
  EXPECT_TRUE(by_name->hosts.at(0).statuses.Has(Status::kLinked));
  const auto by_address = scene.Run(HostLookup{{}, IpAddress("192.0.2.2")});
  ASSERT_TRUE(by_address.ok());
  EXPECT_FALSE(by_address->hosts.at(0).statuses.Has(Status::kLinked));
}

TEST_F(HostLookupTest, GivesNoMoreHostsThanAskedForAndSaysSo) {
  const HostLookup one{{}, IpAddress("192.0.2.1"), 1};
  EXPECT_EQ(NeedsOf(one).most_with_address, 2);
  EXPECT_EQ(Names(one), std::vector<std::string>{"ns1.example.org"});
  EXPECT_TRUE(scene.Run(one)->truncated);
  const HostLookup both{{}, IpAddress("192.0.2.1"), 2};
  EXPECT_EQ(scene.Run(both)->hosts.size(), 2u);
  EXPECT_FALSE(scene.Run(both)->truncated);
}

TEST_F(HostLookupTest, RefusesAnAddressThatNobodyHasAndAnEmptyQuestion) {
  EXPECT_EQ(ReasonOf(scene.Run(HostLookup{{}, IpAddress("192.0.2.9")})), kHostNotFound.id);
  EXPECT_EQ(ReasonOf(scene.Run(HostLookup{})), kHostNotFound.id);
}

TEST_F(HostLookupTest, ReasonsApplyInTheirDocumentedOrder) {
  HostLookup command{DomainName("ns1.example.org"), {}};
  void (*const spoil[])(Scene&, HostLookup&) = {
      [](Scene&, HostLookup& c) { c.name = DomainName("ns9.example.org"); },
  };
  ExpectReasonsInOrder(scene, command, kHostLookupReasons, spoil);
}

}  // namespace
}  // namespace registry
