#include "registry/commands/domain_info.h"

#include <gmock/gmock.h>

#include "registry/types/roid.h"
#include "registry/types/years.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DomainInfoTest : public testing::Test {
 protected:
  DomainInfoTest() : domain(scene.AddDomain("example.org")) {
    command.name = domain.name;
    scene.Delegate(domain, {"z.example.net", "b.example.org"});
    scene.AddHost("a.example.org");
    domain.contacts = {{ContactRole::kAdmin, scene.AddContact("jon").key},
                       {ContactRole::kTech, scene.AddContact("joyce").key}};
  }
  DomainInfoAnswer Answer() {
    const auto outcome = scene.Run(command);
    EXPECT_EQ(ReasonOf(outcome), "accepted");
    return *outcome;
  }
  Scene scene;
  Domain& domain;
  DomainInfo command;
};

TEST_F(DomainInfoTest, ShowsTheSponsorEverything) {
  const DomainInfoAnswer answer = Answer();
  EXPECT_EQ(answer.domain, domain);
  EXPECT_EQ(answer.statuses, (StatusSet{Status::kOk}));
  EXPECT_TRUE(answer.authorized);
  EXPECT_EQ(answer.registrant, ContactId("holder"));
  ASSERT_EQ(answer.contacts.size(), 2u);
  EXPECT_EQ(answer.contacts[0].role, ContactRole::kAdmin);
  EXPECT_EQ(answer.contacts[0].id, ContactId("jon"));
  EXPECT_EQ(answer.contacts[1].id, ContactId("joyce"));
}

TEST_F(DomainInfoTest, ShowsOthersNoContacts) {
  scene.asker = kSilver;
  const DomainInfoAnswer answer = Answer();
  EXPECT_FALSE(answer.authorized);
  EXPECT_FALSE(answer.registrant.has_value());
  EXPECT_THAT(answer.contacts, IsEmpty());
  EXPECT_EQ(answer.name_servers.size(), 2u);
}

TEST_F(DomainInfoTest, ShowsOthersNoOrganizations) {
  domain.organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kReseller, scene.AddOrganization("res1").key, OrganizationId("res1")}};
  EXPECT_TRUE(scene.Run(command)->domain.organizations.has_value());
  scene.asker = kSilver;
  EXPECT_FALSE(scene.Run(command)->domain.organizations.has_value());
}

TEST_F(DomainInfoTest, ShowsTheOperatorAndWhoKnowsTheAuthInfoEverything) {
  scene.asker = kOperator;
  EXPECT_TRUE(Answer().authorized);
  scene.asker = kSilver;
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  EXPECT_TRUE(Answer().authorized);
  EXPECT_EQ(Answer().contacts.size(), 2u);
}

TEST_F(DomainInfoTest, RefusesAWrongAuthInfoWhoeverGivesIt) {
  command.credential = Credential{AuthInfo("wrong"), {}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kWrongAuthInfo.id);
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  domain.auth = SealedAuthInfo();
  EXPECT_EQ(ReasonOf(scene.Run(command)), kWrongAuthInfo.id) << "nothing matches unset";
}

TEST_F(DomainInfoTest, TakesTheAuthInfoOfTheObjectThatTheRoidNames) {
  const auto roid = [&](ObjectKind kind, int64_t number) {
    return FormatRoid(kind, number, scene.directory.settings.repository_id);
  };
  const std::string own = roid(ObjectKind::kDomain, Number(domain.key));
  const std::string holders = roid(ObjectKind::kContact, Number(domain.registrant));
  const std::string joyces = roid(ObjectKind::kContact, Number(scene.contact("joyce").key));
  scene.asker = kSilver;
  domain.auth = AuthInfo("of the domain itself").Seal({});
  command.credential = Credential{AuthInfo("of the domain itself"), {}};
  command.credential->owner = own;
  EXPECT_TRUE(Answer().authorized);
  command.credential->owner = holders;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kWrongAuthInfo.id) << "the holder's is another";
  command.credential->auth = AuthInfo(Scene::kAuth);
  EXPECT_TRUE(Answer().authorized);
  command.credential->owner = joyces;
  EXPECT_TRUE(Answer().authorized);
}

TEST_F(DomainInfoTest, RefusesTheAuthInfoOfAForeignRoid) {
  const Contact& stranger = scene.AddContact("stranger");
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  const std::string repository = scene.directory.settings.repository_id;
  for (const std::string& owner :
       {FormatRoid(ObjectKind::kDomain, 4711, repository),
        FormatRoid(ObjectKind::kContact, Number(stranger.key), repository),
        FormatRoid(ObjectKind::kContact, Number(domain.key), repository),
        FormatRoid(ObjectKind::kHost, Number(domain.key), repository),
        FormatRoid(ObjectKind::kDomain, Number(domain.key), "OTHER"), std::string("no roid")}) {
    command.credential->owner = owner;
    EXPECT_EQ(ReasonOf(scene.Run(command)), kWrongAuthInfo.id) << owner;
  }
}

TEST_F(DomainInfoTest, ShowsTheHostsThatAreAskedForSorted) {
  const DomainName a("a.example.org"), b("b.example.org"), z("z.example.net");
  EXPECT_THAT(Answer().name_servers, ElementsAre(b, z));
  EXPECT_THAT(Answer().subordinates, ElementsAre(a, b));
  command.hosts = DomainInfo::Hosts::kDelegated;
  EXPECT_THAT(Answer().name_servers, ElementsAre(b, z));
  EXPECT_THAT(Answer().subordinates, IsEmpty());
  command.hosts = DomainInfo::Hosts::kSubordinate;
  EXPECT_THAT(Answer().name_servers, IsEmpty());
  EXPECT_THAT(Answer().subordinates, ElementsAre(a, b));
  command.hosts = DomainInfo::Hosts::kNone;
  EXPECT_THAT(Answer().name_servers, IsEmpty());
  EXPECT_THAT(Answer().subordinates, IsEmpty());
}

TEST_F(DomainInfoTest, LoadsSubordinatesWhenTheyAreAskedForAlone) {
  EXPECT_TRUE(NeedsOf(command).domains[0].subordinates);
  command.hosts = DomainInfo::Hosts::kDelegated;
  EXPECT_FALSE(NeedsOf(command).domains[0].subordinates);
  EXPECT_TRUE(NeedsOf(command).domains[0].details);
}

TEST_F(DomainInfoTest, ShowsTheTtlsToWhoeverAsks) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_ns_ttl = p.max_ds_ttl = 86400; });
  domain.ttls.ns = 600;
  EXPECT_THAT(Answer().ttls, IsEmpty());
  scene.asker = kSilver;
  command.ttls = TtlQuery::kChosen;
  EXPECT_THAT(Answer().ttls, ElementsAre(TtlShown{"NS", 600, {}}));
  command.ttls = TtlQuery::kAll;
  const TtlLimits limits{300, 3600, 86400};
  EXPECT_THAT(Answer().ttls, ElementsAre(TtlShown{"NS", 600, limits}, TtlShown{"DS", {}, limits}));
}

TEST_F(DomainInfoTest, ShowsTheDomainAsItIsNow) {
  scene.now = domain.expires + absl::Hours(1);
  const DomainInfoAnswer answer = Answer();
  EXPECT_EQ(answer.domain.expires, AddYears(domain.expires, 1));
  EXPECT_THAT(answer.rgp_statuses, ElementsAre("autoRenewPeriod"));
}

TEST_F(DomainInfoTest, ShowsTheRedemption) {
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + absl::Hours(1);
  EXPECT_EQ(Answer().statuses, (StatusSet{Status::kPendingDelete}));
  EXPECT_THAT(Answer().rgp_statuses, ElementsAre("redemptionPeriod"));
}

TEST_F(DomainInfoTest, HasNoRegistrantUnderTheMinimumDataModel) {
  domain.registrant = ContactKey{};
  EXPECT_FALSE(Answer().registrant.has_value());
}

TEST_F(DomainInfoTest, TellsOfTheLaunchPhaseOnlyWhoAsks) {
  Launch launch{LaunchPhase::kSunrise, "1-2", {}, {}, "<mark/>"};
  scene.domain(command.name.text()).launch = launch;
  EXPECT_FALSE(scene.Run(command)->launch);
  command.launch_phase = LaunchPhase::kSunrise;
  command.include_mark = true;
  EXPECT_EQ(scene.Run(command)->launch, launch);
  scene.asker = kSilver;
  launch.mark.clear();
  EXPECT_EQ(scene.Run(command)->launch, launch) << "the mark is for the sponsor";
  scene.asker = kGold;
  command.include_mark = false;
  EXPECT_EQ(scene.Run(command)->launch, launch);
  command.launch_phase = LaunchPhase::kClaims;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kLaunchedOtherwise.id);
}

TEST_F(DomainInfoTest, GivesTheTokenToTheSponsorAlone) {
  scene.domain(command.name.text()).token = UsedToken{7, "abc"};
  EXPECT_EQ(scene.Run(command)->token, "") << "nobody asks";
  command.asks_token = true;
  EXPECT_EQ(scene.Run(command)->token, "abc");
  scene.asker = kSilver;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTokenNotShown.id);
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTokenNotShown.id);
}

TEST_F(DomainInfoTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainInfo&) = {
      [](Scene&, DomainInfo& c) { c.name = DomainName("missing.org"); },
      [](Scene&, DomainInfo& c) {
        c.credential = Credential{AuthInfo("wrong"), {}};
      },
      [](Scene& s, DomainInfo&) { s.asker = kSilver; },
      [](Scene&, DomainInfo& c) { c.asks_token = true; },
      [](Scene&, DomainInfo& c) { c.launch_phase = LaunchPhase::kClaims; },
  };
  ExpectReasonsInOrder(scene, command, kDomainInfoReasons, spoil);
}

}  // namespace
}  // namespace registry
