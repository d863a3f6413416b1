#include "registry/commands/contact_create.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

ContactCreate Jon() {
  PostalInfo postal;
  postal.name = "Jon Postel";
  postal.organization = "ISI";
  postal.street = {"4676 Admiralty Way"};
  postal.city = "Marina del Rey";
  postal.country = "US";
  ContactCreate command;
  command.id = ContactId("jon");
  command.international = postal;
  command.localized = postal;
  command.localized->name = "Jón";
  command.voice = Phone{"+1.3108221511", "42"};
  command.fax = Phone{"+1.3108236714", ""};
  command.email = "postel@example.org";
  command.additional_email = AdditionalEmail{"p\u00F6stel@example.org", true};
  command.auth = AuthInfo(Scene::kAuth).Seal(SealedAuthInfo::Salt{});
  command.disclose = {true, Disclose::kEmail};
  return command;
}

TEST(ContactCreateTest, KeepsEverythingThatWasSent) {
  Scene scene;
  const ContactCreate command = Jon();
  ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted");
  const Contact& contact = scene.contact("jon");
  EXPECT_EQ(contact.key, ContactKey{1000}) << "the number of the command";
  EXPECT_EQ(contact.sponsor, kGold);
  EXPECT_EQ(contact.creator, kGold);
  EXPECT_EQ(contact.updater, kNoRegistrar);
  EXPECT_EQ(contact.created, scene.now);
  EXPECT_EQ(contact.international, command.international);
  EXPECT_EQ(contact.localized, command.localized);
  EXPECT_EQ(contact.voice, command.voice);
  EXPECT_EQ(contact.fax, command.fax);
  EXPECT_EQ(contact.email, command.email);
  EXPECT_EQ(contact.additional_email, command.additional_email);
  EXPECT_EQ(contact.auth, command.auth);
  EXPECT_EQ(contact.disclose, command.disclose);
  EXPECT_TRUE(contact.statuses.empty());
  EXPECT_EQ(contact.version, 1);
}

TEST(ContactCreateTest, AnswersWithIdentifierAndTime) {
  Scene scene;
  const auto outcome = scene.Run(Jon());
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->answer.id, ContactId("jon"));
  EXPECT_EQ(outcome->answer.created, scene.now);
  EXPECT_EQ(outcome->code, ResultCode::kOk);
}

TEST(ContactCreateTest, ReasonsApplyInTheirDocumentedOrder) {
  Scene scene;
  ContactCreate command = Jon();
  void (*const spoil[])(Scene&, ContactCreate&) = {
      [](Scene& s, ContactCreate&) { s.AddContact("jon").sponsor = kSilver; },
      [](Scene& s, ContactCreate&) { s.asker = kOperator; },
      [](Scene&, ContactCreate& c) { c.auth_weak = true; },
  };
  ExpectReasonsInOrder(scene, command, kContactCreateReasons, spoil);
}

}  // namespace
}  // namespace registry
