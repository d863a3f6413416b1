// What several commands in one transaction come to.
#include <gtest/gtest.h>

#include <algorithm>

#include "registry/base/text.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_update.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/history_reader.h"
#include "tests/registry/store/group_scene.h"

namespace registry::store {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsEmpty;

class GroupsTest : public testing::Test {
 protected:
  void BeginGroup() { group.Begin(); }
  void EndGroup() { group.End(); }
  std::vector<ResultCode> Codes() { return answers.Await(); }
  int64_t GroupsSincePlug() const { return group.GroupsSinceEnd(); }

  GroupScene group;
  StoreScene& scene = group.scene;
  Answers& answers = group.answers;
};

TEST_F(GroupsTest, ADropStormForOneNameIsOneInsert) {
  BeginGroup();
  for (int i = 0; i < 100; ++i) {
    answers.Send(*scene.store, i % 2 == 0 ? scene.gold : scene.silver, CreateOrg("dropped.org"));
  }
  EndGroup();
  const std::vector<ResultCode> codes = Codes();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), ResultCode::kOk), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), ResultCode::kObjectExists), 99);
  EXPECT_EQ(GroupsSincePlug(), 1);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'D'"), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, LaterCommandsSeeEarlierOnesAndEachObjectIsWrittenOnce) {
  BeginGroup();
  answers.Send(*scene.store, scene.gold, CreateContact("fresh"));
  DomainCreate create = CreateOrg("a.org");
  create.registrant = ContactId("fresh");
  answers.Send(*scene.store, scene.gold, create);
  answers.Send(*scene.store, scene.gold, CreateHost("ns.a.org", {IpAddress("192.0.2.1")}));
  DomainUpdate update;
  update.name = DomainName("a.org");
  update.add.name_servers = {DomainName("ns.a.org")};
  answers.Send(*scene.store, scene.gold, update);
  answers.Send(*scene.store, scene.gold, HostDelete{DomainName("ns.a.org")});
  EndGroup();
  EXPECT_THAT(Codes(), ElementsAre(ResultCode::kOk, ResultCode::kOk, ResultCode::kOk,
                                   ResultCode::kOk, ResultCode::kAssociationProhibits));
  EXPECT_EQ(GroupsSincePlug(), 1);
  EXPECT_EQ(scene.Number("SELECT version FROM domains"), 2);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'D'"), 2);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, WhatIsMadeAndDeletedInOneGroupLeavesOnlyItsHistory) {
  BeginGroup();
  answers.Send(*scene.store, scene.gold, CreateOrg("brief.org"));
  answers.Send(*scene.store, scene.gold, DomainDelete{DomainName("brief.org")});
  answers.Send(*scene.store, scene.gold, CreateOrg("brief.org"));
  answers.Send(*scene.store, scene.gold, DomainDelete{DomainName("brief.org")});
  EndGroup();
  EXPECT_THAT(Codes(), Each(ResultCode::kOk));
  EXPECT_EQ(GroupsSincePlug(), 1);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM links"), 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'D'"), 4);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE domain IS NOT NULL"), 4);
  const auto objects = ObjectsNamed(scene.database, ObjectKind::kDomain, "brief.org");
  ASSERT_TRUE(objects.ok()) << objects.status();
  EXPECT_EQ(objects->size(), 2u) << "who had the name, though no group's end ever saw it";
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, ANameCanBeDeletedAndTakenAgain) {
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  BeginGroup();
  answers.Send(*scene.store, scene.gold, DomainDelete{DomainName("a.org")});
  answers.Send(*scene.store, scene.gold, CreateOrg("a.org"));
  EndGroup();
  EXPECT_THAT(Codes(), Each(ResultCode::kOk));
  EXPECT_EQ(GroupsSincePlug(), 1);
  EXPECT_EQ(scene.Number("SELECT version FROM domains"), 1) << "another one";
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, HostsCanSwapTheirNames) {
  const auto rename = [](std::string_view from, std::string_view to) {
    HostUpdate update;
    update.name = DomainName(from);
    update.new_name = DomainName(to);
    return update;
  };
  BeginGroup();
  answers.Send(*scene.store, scene.gold, rename("ns1.example.net", "tmp.example.net"));
  answers.Send(*scene.store, scene.gold, rename("ns2.example.net", "ns1.example.net"));
  answers.Send(*scene.store, scene.gold, rename("tmp.example.net", "ns2.example.net"));
  EndGroup();
  EXPECT_THAT(Codes(), Each(ResultCode::kOk));
  EXPECT_EQ(scene.Query("SELECT string_agg(name, ' ' ORDER BY id) FROM hosts"),
            "ns2.example.net ns1.example.net");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, AMixedGroupIsDecidedInOrderAndCommittedOnce) {
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("old.org")), ResultCode::kOk);
  const auto info = scene.Run(scene.gold, DomainInfo{DomainName("old.org")});
  const absl::CivilDay expiry = UtcDay((*info.outcome)->domain.expires);
  BeginGroup();
  answers.Send(*scene.store, scene.gold, CreateOrg("new.org"));
  answers.Send(*scene.store, scene.gold, DomainRenew{DomainName("old.org"), expiry, Years(1)});
  answers.Send(*scene.store, scene.gold, DomainRenew{DomainName("old.org"), expiry, Years(1)});
  answers.Send(*scene.store, scene.silver, DomainDelete{DomainName("old.org")});
  answers.Send(*scene.store, scene.silver, CreateNgo("new.ngo"));
  answers.Send(*scene.store, scene.silver, CreateHost("ns.new.org", {IpAddress("192.0.2.1")}));
  EndGroup();
  EXPECT_THAT(Codes(), ElementsAre(ResultCode::kOk, ResultCode::kOk, ResultCode::kParameterRange,
                                   ResultCode::kAuthorizationError, ResultCode::kOk,
                                   ResultCode::kAuthorizationError));
  EXPECT_EQ(GroupsSincePlug(), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, CommandsAfterAChangeOfTheDirectoryAreDecidedByIt) {
  TldPolicy policy = *scene.store->directory()->Tld("ngo");
  policy.create_fee = Money{12345};
  BeginGroup();
  answers.Send(*scene.store, scene.gold, CreateNgo("before.ngo"));
  answers.Send(*scene.store, kOperator, TldApply{policy});
  answers.Send(*scene.store, kOperator, RegistrarCreate{MakeRegistrar("bronze")});
  answers.Send(*scene.store, kOperator, RegistrarCreate{MakeRegistrar("bronze")});
  EndGroup();
  EXPECT_THAT(Codes(), ElementsAre(ResultCode::kOk, ResultCode::kOk, ResultCode::kOk,
                                   ResultCode::kObjectExists));
  const auto created = scene.Run(scene.gold, CreateNgo("after.ngo"));
  EXPECT_EQ((*created.outcome)->charged, Money{12345});
  EXPECT_NE(scene.store->directory()->Registrar(RegistrarId("bronze")), nullptr);
  EXPECT_EQ(scene.store->statistics().failures, 0);
}

TEST_F(GroupsTest, AnEmptyPurseStopsInTheMiddleOfAGroup) {
  scene.Query(
      "INSERT INTO ledger SELECT now(), registrar, 'd', 1800 - balance, 'test', NULL, 0, 1 "
      "FROM balances; UPDATE balances SET balance = 1800");
  BeginGroup();
  for (const char* name : {"a.ngo", "b.ngo", "c.ngo"}) {
    answers.Send(*scene.store, scene.gold, CreateNgo(name));
  }
  EndGroup();
  EXPECT_THAT(Codes(), ElementsAre(ResultCode::kOk, ResultCode::kOk, ResultCode::kBillingFailure));
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST_F(GroupsTest, AFloodFromOneDoesNotStarveAnother) {
  BeginGroup();
  for (int i = 0; i < 500; ++i) {
    answers.Send(*scene.store, scene.gold, CreateNgo(Concat("g", i, ".ngo")));
  }
  Answers mine;
  mine.Send(*scene.store, scene.silver, CreateNgo("mine.ngo"));
  EndGroup();
  EXPECT_THAT(mine.Await(), ElementsAre(ResultCode::kOk));
  EXPECT_THAT(Codes(), Each(ResultCode::kOk));
  // Silver came last and was in the first group: its number is among the first 128.
  EXPECT_LT(scene.Number("SELECT count(*) FROM domains WHERE id < (SELECT id FROM domains WHERE "
                         "name = 'mine.ngo')"),
            128);
}

}  // namespace
}  // namespace registry::store
