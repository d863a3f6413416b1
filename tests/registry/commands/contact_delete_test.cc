#include "registry/commands/contact_delete.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class ContactDeleteTest : public testing::Test {
 protected:
  ContactDeleteTest() {
    scene.AddContact("jon");
    scene.AddDomain("example.org");
  }

  Scene scene;
  ContactDelete command{ContactId("jon")};
};

TEST_F(ContactDeleteTest, RemovesTheContactAtOnce) {
  const auto outcome = scene.Commit(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_EQ(scene.FindContact(command.id), nullptr);
}

TEST_F(ContactDeleteTest, AsksForTheStrongestLockAndTheLinks) {
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.contacts.size(), 1u);
  EXPECT_EQ(needs.contacts[0].lock, Lock::kDelete);
  EXPECT_TRUE(needs.contacts[0].links);
}

TEST_F(ContactDeleteTest, IsRefusedInWhateverRoleADomainUsesIt) {
  scene.domain("example.org").contacts = {{ContactRole::kTech, scene.contact("jon").key}};
  EXPECT_EQ(ReasonOf(scene.Run(command)), kContactLinked.id);
}

TEST_F(ContactDeleteTest, LetsTheOperatorPassProhibitionsButNotLinks) {
  scene.asker = kOperator;
  scene.contact("jon").statuses = {Status::kServerDeleteProhibited};
  EXPECT_EQ(ReasonOf(scene.Run(command)), "accepted");
  scene.domain("example.org").registrant = scene.contact("jon").key;
  EXPECT_EQ(ReasonOf(scene.Run(command)), kContactLinked.id);
}

TEST_F(ContactDeleteTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, ContactDelete&) = {
      [](Scene&, ContactDelete& c) { c.id = ContactId("paul"); },
      [](Scene& s, ContactDelete&) { s.asker = kSilver; },
      [](Scene& s, ContactDelete&) {
        s.contact("jon").statuses = {Status::kClientDeleteProhibited};
      },
      [](Scene& s, ContactDelete&) { s.domain("example.org").registrant = s.contact("jon").key; },
  };
  ExpectReasonsInOrder(scene, command, kContactDeleteReasons, spoil);
}

}  // namespace
}  // namespace registry
