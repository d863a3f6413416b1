#include "registry/commands/contact_info.h"

#include <gtest/gtest.h>

#include "registry/types/roid.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class ContactInfoTest : public testing::Test {
 protected:
  ContactInfoTest() { scene.AddContact("jon"); }
  std::string_view Run() { return ReasonOf(scene.Run(command)); }

  Scene scene;
  ContactInfo command{ContactId("jon"), {}};
};

TEST_F(ContactInfoTest, ShowsTheSponsorTheContact) {
  const auto outcome = scene.Run(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->contact, scene.contact("jon"));
  EXPECT_EQ(outcome->statuses, StatusSet{Status::kOk});
}

TEST_F(ContactInfoTest, ShowsThatADomainUsesIt) {
  scene.AddDomain("example.org").registrant = scene.contact("jon").key;
  const auto outcome = scene.Run(command);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->statuses, (StatusSet{Status::kOk, Status::kLinked}));
}

TEST_F(ContactInfoTest, OpensToOthersWithTheRightAuthInfoOnly) {
  scene.asker = kSilver;
  EXPECT_EQ(Run(), kNotSponsor.id);
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  EXPECT_EQ(Run(), "accepted");
  command.credential = Credential{AuthInfo("3fooBAR-3fooBAR-3fooBAR"), {}};
  EXPECT_EQ(Run(), kWrongAuthInfo.id);
}

TEST_F(ContactInfoTest, RefusesAnEmptyAuthInfoWhereNoneIsSet) {
  scene.contact("jon").auth = SealedAuthInfo();
  scene.asker = kSilver;
  command.credential = Credential{AuthInfo(), {}};
  EXPECT_EQ(Run(), kWrongAuthInfo.id);
}

TEST_F(ContactInfoTest, TakesNoAuthInfoOfAForeignRoid) {
  const std::string repository = scene.directory.settings.repository_id;
  const int64_t number = Number(scene.contact("jon").key);
  command.credential = Credential{AuthInfo(Scene::kAuth), {}};
  command.credential->owner = FormatRoid(ObjectKind::kContact, number, repository);
  EXPECT_EQ(Run(), "accepted");
  command.credential->owner = FormatRoid(ObjectKind::kDomain, number, repository);
  EXPECT_EQ(Run(), kWrongAuthInfo.id);
  command.credential->owner = FormatRoid(ObjectKind::kContact, number + 1, repository);
  EXPECT_EQ(Run(), kWrongAuthInfo.id);
}

TEST_F(ContactInfoTest, RefusesAWrongAuthInfoFromTheSponsorToo) {
  command.credential = Credential{AuthInfo("3fooBAR-3fooBAR-3fooBAR"), {}};
  EXPECT_EQ(Run(), kWrongAuthInfo.id);
}

TEST_F(ContactInfoTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, ContactInfo&) = {
      [](Scene&, ContactInfo& c) { c.id = ContactId("paul"); },
      [](Scene&, ContactInfo& c) {
        c.credential = Credential{AuthInfo("wrong"), {}};
      },
      [](Scene& s, ContactInfo&) { s.asker = kSilver; },
  };
  ExpectReasonsInOrder(scene, command, kContactInfoReasons, spoil);
}

}  // namespace
}  // namespace registry
