#include "registry/rules/delegation.h"

#include <gmock/gmock.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;

class DelegationTest : public testing::Test {
 protected:
  DelegationTest() : domain(scene.AddDomain("example.org")) {
    scene.AddDomain("other.org");
    domain.ds = {*DsRecord::Parse("12345 13 2 " + std::string(64, 'A'))};
  }

  Delegation Run() {
    std::vector<const Host*> hosts;
    for (const HostKey key : domain.name_servers) hosts.push_back(&scene.hosts.at(key));
    return DelegationOf(domain, hosts);
  }

  Scene scene;
  Domain& domain;
};

TEST_F(DelegationTest, HasTheNameServersSortedByName) {
  scene.Delegate(domain, {"z.example.net", "a.example.net"});
  const Delegation delegation = Run();
  EXPECT_EQ(delegation.name, DomainName("example.org"));
  EXPECT_THAT(delegation.name_servers,
              ElementsAre(DomainName("a.example.net"), DomainName("z.example.net")));
  EXPECT_EQ(delegation.ds, domain.ds);
  EXPECT_TRUE(delegation.glue.empty());
  EXPECT_FALSE(delegation.empty());
}

TEST_F(DelegationTest, HasGlueForNameServersBelowTheTldAlone) {
  scene.AddHost("ns1.example.org", {"2001:db8::1", "192.0.2.9"});
  scene.AddHost("ns.other.org");
  scene.AddHost("unused.example.org");
  scene.Delegate(domain, {"ns.other.org", "ns1.example.org", "ns.example.net"});
  const std::vector<IpAddress> both{IpAddress("192.0.2.9"), IpAddress("2001:db8::1")};
  const std::vector<IpAddress> one{IpAddress("192.0.2.1")};
  EXPECT_THAT(Run().glue, ElementsAre(Delegation::Glue{DomainName("ns.other.org"), one},
                                      Delegation::Glue{DomainName("ns1.example.org"), both}));
}

TEST_F(DelegationTest, HasTheTtlsOfTheDomainAndOfItsHosts) {
  scene.AddHost("ns1.example.org").ttls = {600, 700};
  scene.AddHost("ns2.example.org");
  scene.Delegate(domain, {"ns1.example.org", "ns2.example.org"});
  domain.ttls = {300, 400};
  const Delegation delegation = Run();
  EXPECT_EQ(delegation.ttls, domain.ttls);
  ASSERT_EQ(delegation.glue.size(), 2u);
  EXPECT_EQ(delegation.glue[0].ttls, (AddressTtls{600, 700}));
  EXPECT_EQ(delegation.glue[1].ttls, AddressTtls());
}

TEST_F(DelegationTest, HasNoGlueForNamesOfAnotherTldOfOurs) {
  TldPolicy ngo;
  ngo.tld = "ngo";
  scene.directory.Add(ngo);
  scene.AddDomain("example.ngo");
  scene.Delegate(domain, {"ns1.example.ngo"});
  EXPECT_THAT(Run().name_servers, ElementsAre(DomainName("ns1.example.ngo")));
  EXPECT_TRUE(Run().glue.empty());
}

TEST_F(DelegationTest, IsEmptyWithoutNameServers) {
  const Delegation delegation = Run();
  EXPECT_TRUE(delegation.empty());
  EXPECT_TRUE(delegation.ds.empty());
}

TEST_F(DelegationTest, IsEmptyOnHoldAndOnceDeleted) {
  scene.AddHost("ns1.example.org");
  scene.Delegate(domain, {"ns1.example.org"});
  const Domain published = domain;
  void (*const hide[])(Domain&) = {
      [](Domain& d) { d.statuses = {Status::kClientHold}; },
      [](Domain& d) { d.statuses = {Status::kServerHold}; },
      [](Domain& d) { d.phase = DomainPhase::kRedemption; },
      [](Domain& d) { d.phase = DomainPhase::kPendingDelete; },
  };
  EXPECT_TRUE(IsPublished(domain));
  for (const auto& spoil : hide) {
    domain = published;
    spoil(domain);
    EXPECT_FALSE(IsPublished(domain));
    EXPECT_EQ(Run(), (Delegation{DomainName("example.org"), {}, {}, {}}));
  }
}

TEST_F(DelegationTest, StaysWhenOtherThingsAreProhibited) {
  scene.Delegate(domain, {"ns1.example.net"});
  domain.statuses = {Status::kClientUpdateProhibited, Status::kServerDeleteProhibited};
  EXPECT_TRUE(IsPublished(domain));
  EXPECT_FALSE(Run().empty());
}

}  // namespace
}  // namespace registry
