#include "registry/commands/host_info.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class HostInfoTest : public testing::Test {
 protected:
  HostInfoTest() {
    scene.AddDomain("example.org");
    scene.AddHost("ns1.example.org");
  }
  HostInfoAnswer Answer() {
    const auto outcome = scene.Run(command);
    EXPECT_EQ(ReasonOf(outcome), "accepted");
    return *outcome;
  }

  Scene scene;
  HostInfo command{DomainName("ns1.example.org")};
};

TEST_F(HostInfoTest, ShowsEverybodyTheHost) {
  for (RegistrarKey asker : {kGold, kSilver, kPublic}) {
    scene.asker = asker;
    Host shown = scene.host("ns1.example.org");
    shown.sponsor = kGold;  // the domain's
    EXPECT_EQ(Answer().host, shown);
  }
}

TEST_F(HostInfoTest, ShowsOkAndWhetherItIsLinked) {
  EXPECT_EQ(Answer().statuses, StatusSet{Status::kOk});
  scene.Delegate(scene.domain("example.org"), {"ns1.example.org"});
  EXPECT_EQ(Answer().statuses, (StatusSet{Status::kOk, Status::kLinked}));
  scene.host("ns1.example.org").statuses = {Status::kClientDeleteProhibited};
  EXPECT_EQ(Answer().statuses, (StatusSet{Status::kClientDeleteProhibited, Status::kLinked}));
}

TEST_F(HostInfoTest, ShowsTheTtlsIfItIsInAZoneOfOurs) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_glue_ttl = 86400; });
  scene.host("ns1.example.org").ttls.aaaa = 600;
  EXPECT_TRUE(Answer().ttls.empty());
  command.ttls = TtlQuery::kChosen;
  EXPECT_EQ(Answer().ttls, (std::vector{TtlShown{"AAAA", 600, {}}}));
  command.ttls = TtlQuery::kAll;
  const TtlLimits limits{300, 3600, 86400};
  EXPECT_EQ(Answer().ttls, (std::vector{TtlShown{"A", {}, limits}, TtlShown{"AAAA", 600, limits}}));
  scene.AddHost("ns.example.net");
  command.name = DomainName("ns.example.net");
  EXPECT_TRUE(Answer().ttls.empty());
}

TEST_F(HostInfoTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, HostInfo&) = {
      [](Scene&, HostInfo& c) { c.name = DomainName("ns2.example.org"); },
  };
  ExpectReasonsInOrder(scene, command, kHostInfoReasons, spoil);
}

}  // namespace
}  // namespace registry
