#include "registry/rules/data_model.h"

#include <gtest/gtest.h>

#include "registry/commands/domain_create.h"
#include "registry/commands/domain_update.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

// Gold has contacts, silver has none, and org leaves it to them.
class PerRegistrarTest : public testing::Test {
 protected:
  PerRegistrarTest() {
    scene.ChangePolicy(
        [](TldPolicy& policy) { policy.data_model = TldPolicy::DataModel::kPerRegistrar; });
    scene.ChangeRegistrar(kSilver, [](Registrar& registrar) { registrar.minimum_data = true; });
    scene.AddContact("holder");
  }

  std::string_view Create(RegistrarKey asker, bool with_registrant) {
    scene.asker = asker;
    DomainCreate command;
    command.name = DomainName("new.org");
    if (with_registrant) command.registrant = ContactId("holder");
    return ReasonOf(scene.Run(command));
  }

  Scene scene;
};

TEST_F(PerRegistrarTest, EachCreatesInItsModel) {
  EXPECT_EQ(Create(kGold, true), "accepted");
  EXPECT_EQ(Create(kGold, false), kRegistrantMissing.id);
  EXPECT_EQ(Create(kSilver, false), "accepted");
  EXPECT_EQ(Create(kSilver, true), kRegistrantRefused.id);
}

TEST_F(PerRegistrarTest, WhatATransferBringsStaysAndCanBeTakenAway) {
  Domain& domain = scene.AddDomain("moved.org");
  ASSERT_NE(domain.registrant, ContactKey{});
  domain.sponsor = kSilver;
  scene.asker = kSilver;
  DomainUpdate update;
  update.name = domain.name;
  update.add.statuses = {Status::kClientHold};
  EXPECT_EQ(ReasonOf(scene.Commit(update)), "accepted") << "nothing is asked for";
  update = {};
  update.name = domain.name;
  update.change_registrant = true;
  update.registrant = ContactId("holder");
  EXPECT_EQ(ReasonOf(scene.Run(update)), kRegistrantRefused.id);
  update.registrant.reset();
  EXPECT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_EQ(domain.registrant, ContactKey{});
  // And back: gold may leave it as it is, and give it a registrant.
  domain.sponsor = kGold;
  scene.asker = kGold;
  update = {};
  update.name = domain.name;
  update.remove.statuses = {Status::kClientHold};
  EXPECT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  update = {};
  update.name = domain.name;
  update.change_registrant = true;
  EXPECT_EQ(ReasonOf(scene.Run(update)), kRegistrantRequired.id);
  update.registrant = ContactId("holder");
  EXPECT_EQ(ReasonOf(scene.Commit(update)), "accepted");
}

TEST_F(PerRegistrarTest, ItIsTheTldThatLeavesItToThem) {
  for (const auto model : {TldPolicy::DataModel::kMinimum, TldPolicy::DataModel::kMaximum}) {
    scene.ChangePolicy([&](TldPolicy& policy) { policy.data_model = model; });
    const TldPolicy& policy = *scene.directory.Tld("org");
    for (const RegistrarKey key : {kGold, kSilver, kStranger}) {
      EXPECT_EQ(IsMinimum(policy, key, scene.directory), model == TldPolicy::DataModel::kMinimum);
    }
  }
}

}  // namespace
}  // namespace registry
