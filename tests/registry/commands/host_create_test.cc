#include "registry/commands/host_create.h"

#include <gtest/gtest.h>

#include "registry/rules/superordinate_domain.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class HostCreateTest : public testing::Test {
 protected:
  HostCreateTest() {
    scene.AddDomain("example.org");
    command.name = DomainName("ns1.example.org");
    command.addresses = {IpAddress("2001:db8::1"), IpAddress("192.0.2.1")};
  }

  Host Created() {
    const auto outcome = scene.Commit(command);
    EXPECT_EQ(ReasonOf(outcome), "accepted");
    return scene.host(command.name.text());
  }

  Scene scene;
  HostCreate command;
};

TEST_F(HostCreateTest, MakesASubordinateHostWithSortedAddresses) {
  const Host host = Created();
  EXPECT_EQ(host.key, HostKey{1000}) << "the number of the command";
  EXPECT_EQ(host.superordinate, scene.domain("example.org").key);
  EXPECT_EQ(host.addresses, (std::vector{IpAddress("192.0.2.1"), IpAddress("2001:db8::1")}));
  EXPECT_EQ(host.sponsor, kNoRegistrar) << "it is the domain's";
  EXPECT_EQ(host.creator, kGold);
  EXPECT_EQ(host.updater, kNoRegistrar);
  EXPECT_EQ(host.created, scene.now);
  EXPECT_FALSE(host.updated.has_value());
  EXPECT_EQ(host.version, 1);
  EXPECT_TRUE(host.statuses.empty());
}

TEST_F(HostCreateTest, AnswersWithNameAndTime) {
  const auto outcome = scene.Run(command);
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->answer.name, command.name);
  EXPECT_EQ(outcome->answer.created, scene.now);
  EXPECT_EQ(outcome->code, ResultCode::kOk);
}

TEST_F(HostCreateTest, MakesAnExternalHostOfTheAskerWithoutAddress) {
  command = {DomainName("ns1.example.net"), {}};
  scene.asker = kSilver;
  const Host host = Created();
  EXPECT_EQ(host.superordinate, DomainKey{});
  EXPECT_EQ(host.sponsor, kSilver);
}

TEST_F(HostCreateTest, TakesTheRegisteredAncestorNotTheParent) {
  command.name = DomainName("ns1.deep.down.example.org");
  EXPECT_EQ(Created().superordinate, scene.domain("example.org").key);
}

TEST_F(HostCreateTest, MayStandAtTheDomainItself) {
  command.name = DomainName("example.org");
  EXPECT_EQ(Created().superordinate, scene.domain("example.org").key);
}

TEST_F(HostCreateTest, BelongsToTheDomainsSponsorWhenTheOperatorMakesIt) {
  scene.asker = kOperator;
  const Host host = Created();
  EXPECT_EQ(SponsorOf(host, scene.set), kGold);
  EXPECT_EQ(host.creator, kOperator);
}

TEST_F(HostCreateTest, IsRefusedBelowADomainInRedemption) {
  scene.domain("example.org").phase = DomainPhase::kRedemption;
  scene.domain("example.org").phase_ends = scene.now + absl::Hours(1);
  EXPECT_EQ(ReasonOf(scene.Run(command)), kSuperordinatePendingDelete.id);
}

TEST_F(HostCreateTest, IsRefusedBelowADomainThatTheClockHasPurged) {
  scene.domain("example.org").phase = DomainPhase::kPendingDelete;
  scene.domain("example.org").phase_ends = scene.now - absl::Hours(1);
  EXPECT_EQ(ReasonOf(scene.Run(command)), kSuperordinateNotFound.id);
}

TEST_F(HostCreateTest, TakesThirteenAddressesAndNoMore) {
  command.addresses.clear();
  for (int i = 1; i <= 13; ++i) command.addresses.emplace_back("192.0.2." + std::to_string(i));
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  command.addresses.emplace_back("192.0.2.14");
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTooManyAddresses.id);
}

TEST_F(HostCreateTest, HoldsTheSuperordinateDomainUntilTheCommit) {
  command.name = DomainName("a.b.example.org");
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.domains.size(), 1u);
  EXPECT_EQ(needs.domains[0].name, DomainName("example.org"));
  EXPECT_EQ(needs.domains[0].lock, Lock::kReference);
}

TEST_F(HostCreateTest, KeepsTheTtlsThatAreChosenOfAHostInAZoneOfOurs) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
  command.ttls = {{"AAAA", 600}};
  EXPECT_EQ(Created().ttls, (AddressTtls{{}, 600}));
  command = {DomainName("ns1.example.net"), {}, {{"AAAA", 600}}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTtlNotOffered.id);
}

TEST_F(HostCreateTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, HostCreate&) = {
      [](Scene&, HostCreate& c) {
        c = {DomainName("ns1.example.org"), {}};
      },
      [](Scene& s, HostCreate& c) { s.AddHost(c.name.text()); },
      [](Scene&, HostCreate& c) { c.name = DomainName("ns1.missing.org"); },
      [](Scene& s, HostCreate& c) {
        c.name = DomainName("ns1.example.org");
        s.asker = kSilver;
      },
      [](Scene& s, HostCreate& c) {
        c.name = DomainName("ns1.example.net");
        s.asker = kOperator;
      },
      [](Scene& s, HostCreate& c) {
        c.name = DomainName("ns1.example.org");
        s.domain("example.org").phase = DomainPhase::kPendingDelete;
      },
      [](Scene&, HostCreate& c) { c.name = DomainName("ns1.example.net"); },
      [](Scene&, HostCreate& c) { c.addresses.push_back(c.addresses.front()); },
      [](Scene&, HostCreate& c) {
        for (int i = 10; i < 30; ++i) c.addresses.emplace_back("192.0.2." + std::to_string(i));
      },
      [](Scene&, HostCreate& c) {
        c.ttls.push_back({"NS", 3600});
      },
      [](Scene& s, HostCreate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
        c.ttls = {{"A", 299}};
      },
  };
  ExpectReasonsInOrder(scene, command, kHostCreateReasons, spoil);
}

}  // namespace
}  // namespace registry
