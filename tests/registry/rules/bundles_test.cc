#include "registry/rules/bundles.h"

#include <gmock/gmock.h>

#include "registry/commands/domain_check.h"
#include "registry/commands/domain_create.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_create.h"
#include "registry/commands/operator_changes.h"
#include "registry/commands/tld_apply.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/registrable_names.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

const DomainName kNgo("charity.ngo"), kOng("charity.ong");

DsRecord Ds(const std::string& text) { return *DsRecord::Parse(text); }

// The TLD ong is the partner of ngo, whose policy wants no registrants.
class BundlesTest : public testing::Test {
 protected:
  BundlesTest() {
    TldPolicy ngo = *scene.directory.Tld("org"), ong;
    ngo.tld = "ngo";
    ngo.data_model = TldPolicy::DataModel::kMinimum;
    ngo.create_fee = Money{700};
    ong.tld = "ong";
    ong.bundle_of = "ngo";
    ong.create_fee = Money{999999};
    ong.reserved = {"withheld"};
    scene.directory.Add(ngo);
    scene.directory.Add(ong);
  }

  DomainCreate Create(const DomainName& name) const {
    DomainCreate command;
    command.name = name;
    command.period = Years(1);
    return command;
  }

  DomainInfoAnswer Info(const DomainName& name) {
    DomainInfo command;
    command.name = name;
    auto outcome = scene.Run(command);
    EXPECT_TRUE(outcome.ok());
    return *outcome;
  }

  Scene scene;
};

TEST_F(BundlesTest, OneCreateIsOneDomainWithTwoNamesAndIsChargedOnce) {
  const auto created = scene.Commit(Create(kOng));
  ASSERT_EQ(ReasonOf(created), "accepted");
  EXPECT_EQ(created->answer.name, kOng);
  ASSERT_EQ(scene.domains.size(), 1u);
  EXPECT_EQ(scene.domains.begin()->second.name, kNgo);
  ASSERT_EQ(scene.ledger.size(), 1u);
  EXPECT_EQ(scene.ledger[0].amount, Money{-700});
  EXPECT_EQ(Info(kNgo).domain.name, kNgo);
  EXPECT_EQ(Info(kOng).domain.name, kOng);
  EXPECT_EQ(Info(kOng).domain.key, Info(kNgo).domain.key);
}

TEST_F(BundlesTest, WhoeverHasOneNameHasTheOther) {
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kNgo))), "accepted");
  scene.asker = kSilver;
  EXPECT_EQ(ReasonOf(scene.Commit(Create(kOng))), kDomainExists.id);
  EXPECT_EQ(ReasonOf(scene.Commit(Create(kNgo))), kDomainExists.id);
  DomainCheck check;
  check.names = {{"charity.ong", kOng}, {"other.ong", DomainName("other.ong")}};
  const auto checked = scene.Run(check);
  ASSERT_TRUE(checked.ok());
  EXPECT_FALSE(checked->items[0].available);
  EXPECT_TRUE(checked->items[1].available);
}

TEST_F(BundlesTest, ALabelReservedInOneTldIsReservedInBoth) {
  EXPECT_EQ(ReasonOf(scene.Commit(Create(DomainName("withheld.ngo")))), kNameReserved.id);
  EXPECT_EQ(ReasonOf(scene.Commit(Create(DomainName("withheld.ong")))), kNameReserved.id);
}

TEST_F(BundlesTest, ATokenForOneNameIsOneForTheOther) {
  AllocationToken& token = scene.AddToken("abc");
  token.name = DomainName("withheld.ngo");
  DomainCreate command = Create(DomainName("withheld.ong"));
  command.token = GivenToken("abc");
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  token.name = DomainName();
  token.tld = "ong";
  command.name = DomainName("withheld.ngo");
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  token.tld = "org";
  EXPECT_EQ(ReasonOf(scene.Run(command)), kTokenMismatch.id);
}

TEST_F(BundlesTest, InternationalisedNamesAreJudgedUnderEitherName) {
  scene.directory.Add(
      *ParseIdnTable("t", "table = de\nallow = 0061-007A 00DF 00FC\nvariant = 00DF : 0073 0073\n"));
  for (const char* tld : {"ngo", "ong"}) {
    TldPolicy policy = *scene.directory.Tld(tld);
    policy.idn_tables = {"de"};
    scene.directory.Add(policy);
  }
  DomainCreate command = Create(DomainName("xn--bcher-kva.ong"));
  command.idn = IdnRequest{"de", "b\u00FCcher.ong"};
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  ASSERT_EQ(ReasonOf(scene.Commit(Create(DomainName("xn--strae-oqa.ngo")))), "accepted");
  for (const char* name : {"strasse.ong", "strasse.ngo"}) {
    DomainCheck check;
    check.names.push_back({name, DomainName::Parse(name)});
    EXPECT_EQ(scene.Run(check)->items[0].reason, "variant of a registered name") << name;
    EXPECT_EQ(ReasonOf(scene.Run(Create(DomainName(name)))), kVariantBlocked.id);
  }
}

TEST_F(BundlesTest, WhatTheOperatorDoesToOneNamesDsRecordsIsToldOfThatName) {
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kNgo))), "accepted");
  const auto told = [&](const DomainName& name) {
    DomainUpdate update;
    update.name = name;
    update.add.ds = {Ds("12345 13 2 " + std::string(64, 'A'))};
    Needs needs = NeedsOf(update);
    AddWhatIsShown(&needs);
    WorkingSet set = scene.Load({needs}, scene.now);
    scene.asker = kOperator;
    auto applied = Apply(update, scene.context(), set);
    EXPECT_TRUE(applied.ok());
    TellSponsors({}, "domain-update", scene.context(), set, &applied->changes);
    EXPECT_EQ(applied->changes.messages.size(), 1u);
    return applied->changes.messages.at(0);
  };
  for (const DomainName& name : {kNgo, kOng}) {
    const PollMessage message = told(name);
    EXPECT_EQ(message.object_name, name.text());
    EXPECT_THAT(message.detail, testing::HasSubstr("12345 13 2 AAAA"));
  }
}

TEST_F(BundlesTest, EachNameHasItsOwnDsRecordsAndNothingElse) {
  const DsRecord a = Ds("1 13 2 " + std::string(64, 'A')), b = Ds("2 13 2 " + std::string(64, 'B'));
  DomainCreate create = Create(kNgo);
  create.ds = {a};
  ASSERT_EQ(ReasonOf(scene.Commit(create)), "accepted");
  DomainUpdate update;
  update.name = kOng;
  update.add.ds = {b};
  update.add.statuses.Add(Status::kClientHold);
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_THAT(Info(kNgo).domain.ds, testing::ElementsAre(a));
  EXPECT_THAT(Info(kOng).domain.ds, testing::ElementsAre(b));
  EXPECT_TRUE(Info(kNgo).statuses.Has(Status::kClientHold));
  update = {};
  update.name = kOng;
  update.remove.ds = {a};  // the other name's
  EXPECT_EQ(ReasonOf(scene.Commit(update)), kNotPresent.id);
  update = {};
  update.name = kOng;
  update.remove_all_ds = true;
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_THAT(Info(kNgo).domain.ds, testing::ElementsAre(a));
  EXPECT_THAT(Info(kOng).domain.ds, testing::IsEmpty());
}

TEST_F(BundlesTest, TheLimitOfDsRecordsIsThatOfEachName) {
  DomainCreate create = Create(kNgo);
  for (int i = 0; i < 8; ++i)
    create.ds.push_back(Ds(std::to_string(i) + " 13 2 " + std::string(64, 'A')));
  ASSERT_EQ(ReasonOf(scene.Commit(create)), "accepted");
  DomainUpdate update;
  update.name = kOng;
  update.add.ds = create.ds;
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  update.add.ds = {Ds("99 13 2 " + std::string(64, 'A'))};
  EXPECT_EQ(ReasonOf(scene.Commit(update)), kTooManyDs.id);
}

TEST_F(BundlesTest, RenewalsAndDeletionsOfEitherNameAreThoseOfBoth) {
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kNgo))), "accepted");
  DomainRenew renew;
  renew.name = kOng;
  renew.current_expiry = UtcDay(Info(kOng).domain.expires);
  renew.period = Years(1);
  const auto renewed = scene.Commit(renew);
  ASSERT_EQ(ReasonOf(renewed), "accepted");
  EXPECT_EQ(renewed->answer.name, kOng);
  EXPECT_EQ(Info(kNgo).domain.expires, renewed->answer.expires);
  scene.now += absl::Hours(24 * 30);
  const auto deleted = scene.Commit(DomainDelete{kOng});
  ASSERT_EQ(ReasonOf(deleted), "accepted");
  EXPECT_EQ(deleted->answer.name, kOng);
  EXPECT_TRUE(Info(kNgo).statuses.Has(Status::kPendingDelete));
  EXPECT_EQ(ReasonOf(scene.Commit(Create(kNgo))), kDomainExists.id);
  scene.now += absl::Hours(24 * 36);
  EXPECT_EQ(ReasonOf(scene.Commit(Create(kOng))), "accepted");
}

TEST_F(BundlesTest, HostsBelowEitherNameAreBelowTheDomain) {
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kNgo))), "accepted");
  for (const char* name : {"ns1.charity.ong", "ns1.charity.ngo"}) {
    HostCreate host;
    host.name = DomainName(name);
    host.addresses = {*IpAddress::ParseAny("192.0.2.1")};
    EXPECT_EQ(ReasonOf(scene.Commit(host)), "accepted") << name;
  }
  EXPECT_EQ(Info(kOng).subordinates.size(), 2u);
  EXPECT_EQ(ReasonOf(scene.Commit(DomainDelete{kNgo})), kHasSubordinates.id);
}

TEST_F(BundlesTest, TheBundleThatACreateNamesMustBeItsOwn) {
  DomainCreate create = Create(kOng);
  create.bundle = DomainName("other.ngo");
  EXPECT_EQ(ReasonOf(scene.Commit(create)), kBundleMismatch.id);
  create.bundle = kNgo;
  EXPECT_EQ(ReasonOf(scene.Commit(create)), "accepted");
  DomainCreate unbundled = Create(DomainName("charity.org"));
  scene.AddContact("holder");
  unbundled.registrant = ContactId("holder");
  unbundled.bundle = unbundled.name;
  EXPECT_EQ(ReasonOf(scene.Commit(unbundled)), kBundleMismatch.id);
}

TEST_F(BundlesTest, TheClockGoesByThePrimarysPolicy) {
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kOng))), "accepted");
  const Domain row = scene.domains.begin()->second;
  const absl::Time later = row.expires + absl::Hours(1);
  const auto under_one = Project(row, later, scene.directory),
             under_other = Project(ShownAs(row, kOng), later, scene.directory);
  ASSERT_TRUE(under_one.domain && under_other.domain);
  EXPECT_EQ(under_one.domain->expires, under_other.domain->expires);
  EXPECT_EQ(under_one.domain->grace, under_other.domain->grace);
}

TEST_F(BundlesTest, BundlingIsSwitchedOnlyWhereNobodyLosesAName) {
  scene.asker = kOperator;
  TldApply command{*scene.directory.Tld("ong")};
  command.policy.bundle_of = "";
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted") << "no domains yet";
  EXPECT_TRUE(scene.directory.bundles().empty());
  scene.asker = kGold;
  ASSERT_EQ(ReasonOf(scene.Commit(Create(kNgo))), "accepted");
  scene.asker = kOperator;
  command.policy.bundle_of = "ngo";
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted")
      << "the names of ngo get their second ones";
  EXPECT_EQ(Info(kOng).domain.name, kOng);
  command.policy.bundle_of = "";
  EXPECT_EQ(ReasonOf(scene.Commit(command)), kBundleInUse.id);
  scene.domains.clear();
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  scene.AddDomain("charity.ong");
  command.policy.bundle_of = "ngo";
  EXPECT_EQ(ReasonOf(scene.Commit(command)), kBundleInUse.id);
}

TEST_F(BundlesTest, APairHasTwoTldsOfTheRegistry) {
  scene.asker = kOperator;
  const auto reason = [&](std::string tld, std::string primary) {
    TldApply command{*scene.directory.Tld("org")};
    command.policy.tld = std::move(tld);
    command.policy.bundle_of = std::move(primary);
    return ReasonOf(scene.Run(command));
  };
  EXPECT_EQ(reason("org", "nowhere"), kBundleUnknown.id);
  EXPECT_EQ(reason("org", "org"), kBundleUnknown.id);
  EXPECT_EQ(reason("org", "ong"), kBundleChain.id);
  EXPECT_EQ(reason("ngo", "org"), kBundleChain.id);
  EXPECT_EQ(reason("org", "ngo"), kBundleTaken.id);
  EXPECT_EQ(reason("ong", "org"), "accepted");
  scene.directory.SetListed("org");
  EXPECT_EQ(reason("ong", "org"), "accepted");
  EXPECT_EQ(reason("ong", "ngo"), "accepted");
  scene.directory.SetListed("ong");
  EXPECT_EQ(reason("ong", "ngo"), "accepted") << "as it is";
  EXPECT_EQ(reason("ong", "org"), kBundleListed.id);
}

}  // namespace
}  // namespace registry
