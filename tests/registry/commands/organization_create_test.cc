#include "registry/commands/organization_create.h"

#include <gmock/gmock.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class OrganizationCreateTest : public testing::Test {
 protected:
  OrganizationCreateTest() {
    scene.AddContact("jon");
    scene.AddOrganization("top1");
    command.id = OrganizationId("res1");
    command.roles = {{OrganizationRole::kReseller, "1523", {}}};
  }

  Scene scene;
  OrganizationCreate command;
};

TEST_F(OrganizationCreateTest, MakesWhatIsAskedForWithItsListsSorted) {
  command.roles.push_back({OrganizationRole::kDnsOperator, "", {Status::kClientLinkProhibited}});
  command.statuses = {Status::kClientDeleteProhibited};
  command.parent = OrganizationId("top1");
  command.international.emplace().name = "Example";
  command.voice = Phone{"+1.7035555555", "12"};
  command.email = "contact@example.com";
  command.url = "https://example.com/";
  command.contacts = {{OrganizationContactType::kCustom, "legal", ContactId("jon")},
                      {OrganizationContactType::kAdmin, "", ContactId("jon")}};
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->answer.id, command.id);
  EXPECT_EQ(outcome->answer.created, scene.now);
  const ContactKey jon = scene.contact("jon").key;
  Organization expected;
  expected.key = OrganizationKey{1000};
  expected.id = command.id;
  expected.sponsor = expected.creator = kGold;
  expected.created = scene.now;
  expected.statuses = command.statuses;
  expected.roles = {command.roles[1], command.roles[0]};
  expected.parent = scene.organization("top1").key;
  expected.parent_id = OrganizationId("top1");
  expected.international = command.international;
  expected.voice = command.voice;
  expected.email = command.email;
  expected.url = command.url;
  expected.contacts = {{OrganizationContactType::kAdmin, "", jon, ContactId("jon")},
                       {OrganizationContactType::kCustom, "legal", jon, ContactId("jon")}};
  EXPECT_EQ(scene.organization("res1"), expected);
}

TEST_F(OrganizationCreateTest, HoldsWhatItRefersTo) {
  command.parent = OrganizationId("top1");
  command.contacts = {{OrganizationContactType::kAdmin, "", ContactId("jon")}};
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.organizations.size(), 2u);
  EXPECT_EQ(needs.organizations[1].lock, Lock::kReference);
  ASSERT_EQ(needs.contacts.size(), 1u);
  EXPECT_EQ(needs.contacts[0].lock, Lock::kReference);
}

TEST_F(OrganizationCreateTest, IsNoGrandchild) {
  command.parent = OrganizationId("top1");
  Organization& above = scene.AddOrganization("top0");
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  scene.organization("top1").parent = above.key;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kParentTooDeep.id);
}

TEST_F(OrganizationCreateTest, HasAParentWhoMayRestWithIt) {
  command.statuses = {Status::kTerminated};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kStatusNeedsParent.id);
  command.parent = OrganizationId("top1");
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
}

TEST_F(OrganizationCreateTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, OrganizationCreate&) = {
      [](Scene&, OrganizationCreate& c) { c.id = OrganizationId("top1"); },
      [](Scene& s, OrganizationCreate&) { s.asker = kOperator; },
      [](Scene&, OrganizationCreate& c) { c.parent = OrganizationId("nobody"); },
      [](Scene&, OrganizationCreate& c) { c.contacts[0].id = ContactId("nobody"); },
      [](Scene& s, OrganizationCreate&) { s.organization("top1").sponsor = kSilver; },
      [](Scene& s, OrganizationCreate& c) {
        c.parent = OrganizationId("top1");
        s.organization("top1").parent = OrganizationKey{7};
      },
      [](Scene&, OrganizationCreate& c) { c.unacceptable = Reject(kRoleNotOffered); },
      [](Scene&, OrganizationCreate& c) { c.statuses = {Status::kHold}; },
      [](Scene&, OrganizationCreate& c) { c.contacts.push_back(c.contacts[0]); },
  };
  command.contacts = {{OrganizationContactType::kAdmin, "", ContactId("jon")}};
  ExpectReasonsInOrder(scene, command, kOrganizationCreateReasons, spoil);
}

}  // namespace
}  // namespace registry
