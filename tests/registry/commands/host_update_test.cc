#include "registry/commands/host_update.h"

#include <gtest/gtest.h>

#include "registry/commands/host_info.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

// Gold has example.org with ns1.example.org (192.0.2.1) and the external ns.example.net; silver has
// silver.org.
class HostUpdateTest : public testing::Test {
 protected:
  HostUpdateTest() {
    scene.AddDomain("example.org");
    scene.AddHost("ns1.example.org", {"192.0.2.1"});
    scene.AddHost("ns.example.net");
    scene.AddDomain("silver.org").sponsor = kSilver;
    command.name = DomainName("ns1.example.org");
  }

  std::string_view Run() { return ReasonOf(scene.Run(command)); }
  std::string_view Commit() { return ReasonOf(scene.Commit(command)); }
  void RenameExternal(std::string_view new_name) {
    command.name = DomainName("ns.example.net");
    command.new_name = DomainName(new_name);
  }

  Scene scene;
  HostUpdate command;
};

TEST_F(HostUpdateTest, AddsAndRemovesAddressesAndStatuses) {
  command.add.addresses = {IpAddress("2001:db8::1"), IpAddress("192.0.2.2")};
  command.remove.addresses = {IpAddress("192.0.2.1")};
  command.add.statuses = {Status::kClientDeleteProhibited};
  ASSERT_EQ(Commit(), "accepted");
  const Host& host = scene.host("ns1.example.org");
  EXPECT_EQ(host.addresses, (std::vector{IpAddress("192.0.2.2"), IpAddress("2001:db8::1")}));
  EXPECT_EQ(host.statuses, StatusSet{Status::kClientDeleteProhibited});
  EXPECT_EQ(host.updater, kGold);
  EXPECT_EQ(host.updated, scene.now);
  EXPECT_EQ(host.version, 2);
}

TEST_F(HostUpdateTest, TakesNoLinksAndNoStrongLockUnlessItRenames) {
  command.add.addresses = {IpAddress("192.0.2.2")};
  EXPECT_EQ(NeedsOf(command).hosts.at(0).lock, Lock::kUpdate);
  EXPECT_EQ(NeedsOf(command).domains.at(0).lock, Lock::kNone) << "its sponsor is looked up";
  command.new_name = DomainName("ns2.deep.example.org");
  EXPECT_EQ(NeedsOf(command).hosts.at(0).lock, Lock::kDelete);
  EXPECT_TRUE(NeedsOf(command).hosts.at(0).links);
  EXPECT_EQ(NeedsOf(command).domains.at(1).name, DomainName("example.org"));
  EXPECT_EQ(NeedsOf(command).domains.at(1).lock, Lock::kReference);
}

TEST_F(HostUpdateTest, PassesItsOwnUpdateProhibitionByTakingItAway) {
  scene.host("ns1.example.org").statuses = {Status::kClientUpdateProhibited};
  command.remove.statuses = {Status::kClientUpdateProhibited};
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_TRUE(scene.host("ns1.example.org").statuses.empty());
}

TEST_F(HostUpdateTest, LetsTheOperatorSetAndPassServerStatuses) {
  scene.asker = kOperator;
  command.add.statuses = {Status::kServerUpdateProhibited};
  ASSERT_EQ(Commit(), "accepted");
  scene.asker = kGold;
  command.add = {{IpAddress("192.0.2.2")}, {}};
  EXPECT_EQ(Run(), kUpdateProhibited.id);
  scene.asker = kOperator;
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.example.org").updater, kOperator);
}

TEST_F(HostUpdateTest, RenamesAHostInUseBelowItsDomain) {
  scene.Delegate(scene.domain("example.org"), {"ns1.example.org"});
  scene.Delegate(scene.domain("silver.org"), {"ns1.example.org"});
  command.new_name = DomainName("ns2.example.org");
  const HostKey key = scene.host("ns1.example.org").key;
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns2.example.org").key, key);
  EXPECT_EQ(scene.FindHost(DomainName("ns1.example.org")), nullptr);
  EXPECT_EQ(scene.host("ns2.example.org").superordinate, scene.domain("example.org").key);
}

TEST_F(HostUpdateTest, TellsThoseWhoseDelegationsFollowTheNewName) {
  scene.Delegate(scene.domain("example.org"), {"ns1.example.org"});
  command.new_name = DomainName("ns2.example.org");
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_TRUE(scene.messages.empty()) << "nobody else is concerned";
  scene.Delegate(scene.domain("silver.org"), {"ns2.example.org"});
  command.name = DomainName("ns2.example.org");
  command.new_name = DomainName("ns3.example.org");
  ASSERT_EQ(Commit(), "accepted");
  ASSERT_EQ(scene.messages.size(), 1u);
  EXPECT_EQ(scene.messages[0].registrar, kSilver);
  EXPECT_EQ(scene.messages[0].object_name, "ns2.example.org");
  EXPECT_EQ(scene.messages[0].text,
            "The name server ns2.example.org of your domains was renamed to ns3.example.org");
}

TEST_F(HostUpdateTest, RenamesOutOfTheZoneOnlyWithoutAddresses) {
  command.new_name = DomainName("ns1.example.com");
  EXPECT_EQ(Run(), kAddressOnExternal.id);
  command.remove.addresses = {IpAddress("192.0.2.1")};
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.example.com").superordinate, DomainKey{});
  EXPECT_EQ(scene.host("ns1.example.com").sponsor, kGold);
}

TEST_F(HostUpdateTest, RenamesIntoTheZoneWithAnAddress) {
  scene.Delegate(scene.domain("example.org"), {"ns.example.net"});
  RenameExternal("ns2.example.org");
  command.add.addresses = {IpAddress("192.0.2.2")};
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns2.example.org").superordinate, scene.domain("example.org").key);
}

TEST_F(HostUpdateTest, RenamesIntoTheZoneWithoutAddressOnlyWhileNobodyUsesIt) {
  RenameExternal("ns2.example.org");
  EXPECT_EQ(Run(), "accepted");
  scene.Delegate(scene.domain("example.org"), {"ns.example.net"});
  EXPECT_EQ(Run(), kAddressMissing.id);
}

TEST_F(HostUpdateTest, KeepsWorkingOnAHostThatWaitsForItsFirstAddress) {
  RenameExternal("ns2.example.org");
  ASSERT_EQ(Commit(), "accepted");
  command = {};
  command.name = DomainName("ns2.example.org");
  command.add.statuses = {Status::kClientDeleteProhibited};
  EXPECT_EQ(Commit(), "accepted");
  command.add = {{IpAddress("192.0.2.2")}, {}};
  EXPECT_EQ(Commit(), "accepted");
}

TEST_F(HostUpdateTest, MovesAHostBelowAnotherDomainOfTheSponsor) {
  scene.AddDomain("second.org");
  command.new_name = DomainName("ns1.second.org");
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.second.org").superordinate, scene.domain("second.org").key);
}

TEST_F(HostUpdateTest, DoesNotMoveBelowADomainOfAnotherRegistrar) {
  command.new_name = DomainName("ns1.silver.org");
  const auto outcome = scene.Run(command);
  ASSERT_EQ(ReasonOf(outcome), kNotSponsor.id);
  EXPECT_EQ(outcome.rejection().subject, "silver.org");
}

TEST_F(HostUpdateTest, GivesTheHostToTheDomainsSponsorWhenTheOperatorMovesIt) {
  scene.asker = kOperator;
  command.new_name = DomainName("ns1.silver.org");
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.Run(HostInfo{DomainName("ns1.silver.org")})->host.sponsor, kSilver);
}

TEST_F(HostUpdateTest, RenamesAnExternalHostThatOnlyItsSponsorUses) {
  RenameExternal("ns2.example.net");
  scene.Delegate(scene.domain("example.org"), {"ns.example.net"});
  EXPECT_EQ(Run(), "accepted");
  scene.Delegate(scene.domain("silver.org"), {"ns.example.net"});
  EXPECT_EQ(Run(), kHostUsedByOthers.id);
}

TEST_F(HostUpdateTest, RefusesItsOwnNameAsNewName) {
  command.new_name = command.name;
  EXPECT_EQ(Run(), kHostExists.id);
}

TEST_F(HostUpdateTest, RefusesTheSameValueInAddAndRemove) {
  for (std::string_view address : {"192.0.2.1", "192.0.2.2"}) {
    command.add.addresses = command.remove.addresses = {IpAddress(address)};
    EXPECT_EQ(Run(), kDuplicateValue.id);
  }
}

TEST_F(HostUpdateTest, ChoosesTtlsAndTakesThemBack) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
  command.ttls = {{"A", 600}, {"AAAA", 700}};
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.example.org").ttls, (AddressTtls{600, 700}));
  command.ttls = {{"A", {}}};
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.example.org").ttls, (AddressTtls{{}, 700}));
}

TEST_F(HostUpdateTest, LosesTheTtlsWithItsPlaceInAZoneOfOurs) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
  scene.host("ns1.example.org").ttls = {600, 700};
  command.new_name = DomainName("ns1.example.com");
  command.remove.addresses = {IpAddress("192.0.2.1")};
  ASSERT_EQ(Commit(), "accepted");
  EXPECT_EQ(scene.host("ns1.example.com").ttls, AddressTtls());
}

TEST_F(HostUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  RenameExternal("ns2.example.org");
  void (*const spoil[])(Scene&, HostUpdate&) = {
      [](Scene&, HostUpdate& c) {
        c = {c.name, {}, {}, {}, {}};
      },
      [](Scene&, HostUpdate& c) { c.name = DomainName("ns9.example.net"); },
      [](Scene& s, HostUpdate&) { s.asker = kSilver; },
      [](Scene& s, HostUpdate&) {
        s.host("ns.example.net").statuses = {Status::kServerUpdateProhibited};
      },
      [](Scene&, HostUpdate& c) { c.new_name = DomainName("ns1.example.org"); },
      [](Scene&, HostUpdate& c) { c.new_name = DomainName("ns2.missing.org"); },
      [](Scene& s, HostUpdate&) { s.domain("example.org").phase = DomainPhase::kPendingDelete; },
      [](Scene& s, HostUpdate&) {
        s.host("ns.example.net").superordinate = DomainKey{};
        s.Delegate(s.domain("silver.org"), {"ns.example.net"});
      },
      [](Scene&, HostUpdate& c) { c.unacceptable = Reject(kDuplicateValue); },
      [](Scene&, HostUpdate& c) { c.remove.addresses.emplace_back("192.0.2.100"); },
      [](Scene&, HostUpdate& c) { c.add.addresses.emplace_back("192.0.2.1"); },
      [](Scene&, HostUpdate& c) {
        c.new_name = DomainName("ns2.example.org");
        for (int i = 10; i < 30; ++i) c.add.addresses.emplace_back("192.0.2." + std::to_string(i));
      },
      [](Scene& s, HostUpdate& c) {
        s.host("ns.example.net").superordinate = DomainKey{};
        c.remove.addresses.clear();
        c.new_name = DomainName("ns2.example.com");
      },
      [](Scene& s, HostUpdate& c) {
        Host& host = s.host("ns.example.net");
        host.superordinate = s.domain("example.org").key;
        host.addresses = {IpAddress("192.0.2.1")};
        c.remove.addresses = host.addresses;
      },
      [](Scene& s, HostUpdate&) { s.Delegate(s.domain("example.org"), {"ns.example.net"}); },
      [](Scene&, HostUpdate& c) {
        c.ttls.push_back({"NS", 3600});
      },
      [](Scene& s, HostUpdate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
        c.ttls = {{"A", 299}};
      },
  };
  ExpectReasonsInOrder(scene, command, kHostUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
