#include "registry/commands/contact_lookup.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

class ContactLookupTest : public testing::Test {
 protected:
  ContactLookupTest() {
    scene.AddContact("jon");
    scene.AddDomain("example.org").registrant = scene.contact("jon").key;
    scene.asker = kPublic;
  }

  Scene scene;
};

TEST_F(ContactLookupTest, FindsByIdentifierAndByKey) {
  const ContactLookup by_id{ContactId("jon"), {}};
  const ContactLookup by_key{{}, scene.contact("jon").key};
  for (const ContactLookup& command : {by_id, by_key}) {
    const auto outcome = scene.Run(command);
    ASSERT_EQ(ReasonOf(outcome), "accepted");
    EXPECT_EQ(outcome->contact, scene.contact("jon"));
    EXPECT_EQ(outcome->statuses, (StatusSet{Status::kOk, Status::kLinked}));
  }
}

TEST_F(ContactLookupTest, RefusesAnUnknownKeyAndAnEmptyQuestion) {
  EXPECT_EQ(ReasonOf(scene.Run(ContactLookup{{}, ContactKey{9999}})), kContactNotFound.id);
  EXPECT_EQ(ReasonOf(scene.Run(ContactLookup{})), kContactNotFound.id);
}

TEST_F(ContactLookupTest, ReasonsApplyInTheirDocumentedOrder) {
  ContactLookup command{ContactId("jon"), {}};
  void (*const spoil[])(Scene&, ContactLookup&) = {
      [](Scene&, ContactLookup& c) { c.id = ContactId("paul"); },
  };
  ExpectReasonsInOrder(scene, command, kContactLookupReasons, spoil);
}

}  // namespace
}  // namespace registry
