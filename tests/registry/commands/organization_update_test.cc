#include "registry/commands/organization_update.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using enum OrganizationRole;

class OrganizationUpdateTest : public testing::Test {
 protected:
  OrganizationUpdateTest() : organization(scene.AddOrganization("res1")) {
    scene.AddContact("jon");
    scene.AddContact("joyce");
    scene.AddOrganization("top1");
    organization.contacts = {ContactOf("jon", OrganizationContactType::kAdmin)};
    before = organization;
    command.id = organization.id;
  }

  OrganizationContact ContactOf(std::string_view id, OrganizationContactType type) {
    return {type, "", scene.contact(id).key, ContactId(id)};
  }
  std::string_view Reason() { return ReasonOf(scene.Run(command)); }
  const Organization& Committed() {
    EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
    return organization;
  }
  // As after an update of gold's.
  Organization Updated() {
    Organization expected = before;
    expected.updater = kGold;
    expected.updated = scene.now;
    expected.version = before.version + 1;
    return expected;
  }

  Scene scene;
  Organization& organization;
  Organization before;
  OrganizationUpdate command;
};

void LinkDomain(Scene& scene) {
  scene.AddDomain("example.org").organizations = std::vector<OrganizationLink>{
      {kReseller, scene.organization("res1").key, OrganizationId("res1")}};
}

TEST_F(OrganizationUpdateTest, AddsRemovesAndChangesAndNothingElse) {
  command.add.contacts = {{OrganizationContactType::kTech, "", ContactId("joyce")}};
  command.remove.contacts = {{OrganizationContactType::kAdmin, "", ContactId("jon")}};
  command.add_roles = {{kPrivacyProxy, "pp", {Status::kClientLinkProhibited}}};
  command.add.statuses = {Status::kClientLinkProhibited};
  command.parent = OrganizationId("top1");
  command.voice = std::optional(Phone{"+1.7035555555", ""});
  command.email = "new@example.com";
  command.url = "https://example.com";
  Organization expected = Updated();
  expected.contacts = {ContactOf("joyce", OrganizationContactType::kTech)};
  expected.roles = {command.add_roles[0], HeldRole()};
  expected.statuses = {Status::kClientLinkProhibited};
  expected.parent = scene.organization("top1").key;
  expected.parent_id = OrganizationId("top1");
  expected.voice = *command.voice;
  expected.email = *command.email;
  expected.url = *command.url;
  EXPECT_EQ(Committed(), expected);
}

TEST_F(OrganizationUpdateTest, ChangesWhatIsGivenOfAPostalInfo) {
  PostalInfo address;
  address.city = "Exampleton";
  address.country = "US";
  command.localized = OrganizationUpdate::PostalChange{"Example", address};
  EXPECT_EQ(Committed().localized->country, "US");
  command.localized = OrganizationUpdate::PostalChange{"Sample", std::nullopt};
  EXPECT_EQ(Committed().localized->name, "Sample");
  EXPECT_EQ(organization.localized->city, "Exampleton");
  address.city = "Sampleton";
  command.localized = OrganizationUpdate::PostalChange{std::nullopt, address};
  EXPECT_EQ(Committed().localized->name, "Sample");
  EXPECT_EQ(organization.localized->city, "Sampleton");
}

TEST_F(OrganizationUpdateTest, RemovesWhatIsMadeEmpty) {
  organization.voice = Phone{"+1.7035555555", ""};
  organization.url = "https://example.com";
  before = organization;
  command.voice.emplace();
  command.url = "";
  EXPECT_FALSE(Committed().voice.has_value());
  EXPECT_EQ(organization.url, "");
}

TEST_F(OrganizationUpdateTest, ReplacesARoleThatIsRemovedAndAdded) {
  LinkDomain(scene);
  command.remove_roles = {kReseller};
  EXPECT_EQ(Reason(), kRoleLinked.id);
  command.add_roles = {{kReseller, "new", {}}};
  const std::vector<HeldRole> replaced = command.add_roles;
  EXPECT_EQ(Committed().roles, replaced);
}

TEST_F(OrganizationUpdateTest, TakesAwayARoleThatNobodyUses) {
  organization.roles = {{kPrivacyProxy, "", {}}, {kReseller, "", {}}};
  LinkDomain(scene);
  command.remove_roles = {kPrivacyProxy};
  EXPECT_EQ(Committed().roles, std::vector<HeldRole>{HeldRole()});
}

TEST_F(OrganizationUpdateTest, IsAloneWithItIfItTakesARoleOrGivesAParent) {
  command.email = "new@example.com";
  EXPECT_EQ(NeedsOf(command).organizations[0].lock, Lock::kUpdate);
  EXPECT_FALSE(NeedsOf(command).organizations[0].links);
  command.remove_roles = {kReseller};
  EXPECT_EQ(NeedsOf(command).organizations[0].lock, Lock::kDelete);
  EXPECT_TRUE(NeedsOf(command).organizations[0].links);
  command.remove_roles.clear();
  command.parent = OrganizationId("top1");
  EXPECT_EQ(NeedsOf(command).organizations[0].lock, Lock::kDelete);
  EXPECT_TRUE(NeedsOf(command).organizations[0].links);
}

TEST_F(OrganizationUpdateTest, ParentsAreNoChildrenAndNobodyIsHisOwn) {
  command.parent = organization.id;
  EXPECT_EQ(Reason(), kParentTooDeep.id);
  command.parent = OrganizationId("top1");
  EXPECT_EQ(Reason(), "accepted");
  Organization& child = scene.AddOrganization("res2");
  child.parent = organization.key;
  child.parent_id = organization.id;
  EXPECT_EQ(Reason(), kParentTooDeep.id);
  command.parent = child.id;
  EXPECT_EQ(Reason(), kParentTooDeep.id) << "a circle";
}

TEST_F(OrganizationUpdateTest, WhatIsAtRestIsWokenFirst) {
  organization.parent = scene.organization("top1").key;
  organization.parent_id = OrganizationId("top1");
  command.email = "new@example.com";
  for (const Status status : {Status::kHold, Status::kTerminated}) {
    organization.statuses = {status};
    EXPECT_EQ(Reason(), kUpdateProhibited.id);
    command.remove.statuses = {status};
    EXPECT_EQ(Reason(), "accepted");
    command.remove.statuses = {};
  }
  organization.statuses = {Status::kClientUpdateProhibited};
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
  command.remove.statuses = {Status::kClientUpdateProhibited};
  EXPECT_EQ(Reason(), "accepted");
}

TEST_F(OrganizationUpdateTest, TheOperatorSetsWhatIsTheRegistrys) {
  scene.asker = kOperator;
  organization.statuses = {Status::kServerUpdateProhibited};
  command.add.statuses = {Status::kHold, Status::kServerLinkProhibited};
  EXPECT_EQ(Reason(), "accepted");
  command.add.statuses = {Status::kServerHold};
  EXPECT_EQ(Reason(), kStatusRange.id) << "a domain's";
}

TEST_F(OrganizationUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, OrganizationUpdate&) = {
      [](Scene&, OrganizationUpdate& c) {
        c = {};
        c.id = OrganizationId("nobody");
      },
      [](Scene&, OrganizationUpdate& c) { c.add.statuses = {Status::kServerLinkProhibited}; },
      [](Scene&, OrganizationUpdate& c) { c.id = OrganizationId("nobody"); },
      [](Scene& s, OrganizationUpdate&) { s.asker = kSilver; },
      [](Scene& s, OrganizationUpdate&) { s.organization("res1").statuses = {Status::kHold}; },
      [](Scene&, OrganizationUpdate& c) { c.international.emplace().address.emplace(); },
      [](Scene&, OrganizationUpdate& c) { c.parent = OrganizationId("nobody"); },
      [](Scene&, OrganizationUpdate& c) {
        c.add.contacts = {{OrganizationContactType::kTech, "", ContactId("nobody")}};
      },
      [](Scene& s, OrganizationUpdate&) { s.organization("top1").sponsor = kSilver; },
      [](Scene& s, OrganizationUpdate& c) {
        c.parent = OrganizationId("top1");
        s.organization("top1").parent = OrganizationKey{7};
      },
      [](Scene& s, OrganizationUpdate& c) {
        LinkDomain(s);
        c.remove_roles = {kReseller};
      },
      [](Scene&, OrganizationUpdate& c) { c.unacceptable = Reject(kRoleNotOffered); },
      [](Scene&, OrganizationUpdate& c) { c.remove.contacts = c.add.contacts; },
      [](Scene&, OrganizationUpdate& c) { c.remove_roles = {kPrivacyProxy}; },
      [](Scene&, OrganizationUpdate& c) {
        c.add.contacts = {{OrganizationContactType::kAdmin, "", ContactId("jon")}};
      },
      [](Scene& s, OrganizationUpdate& c) {
        std::vector<OrganizationContact>& contacts = s.organization("res1").contacts;
        for (int i = 100; i < 200; ++i) {
          contacts.push_back({OrganizationContactType::kTech, std::to_string(i),
                              s.contact("jon").key, ContactId("jon")});
        }
        c.add.contacts = {{OrganizationContactType::kTech, "", ContactId("joyce")}};
      },
      [](Scene&, OrganizationUpdate& c) { c.remove_roles = {kReseller}; },
      [](Scene&, OrganizationUpdate& c) { c.add.statuses = {Status::kHold}; },
  };
  command.email = "new@example.com";
  ExpectReasonsInOrder(scene, command, kOrganizationUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
