#include "registry/commands/contact_update.h"

#include <gtest/gtest.h>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using PostalChange = ContactUpdate::PostalChange;

PostalChange::Address Admiralty() {
  PostalChange::Address address;
  address.street = {"4676 Admiralty Way", "Suite 1001"};
  address.city = "Marina del Rey";
  address.state = "CA";
  address.postal_code = "90292";
  address.country = "US";
  return address;
}

class ContactUpdateTest : public testing::Test {
 protected:
  ContactUpdateTest() {
    Contact& jon = scene.AddContact("jon");
    jon.international->organization = "ISI";
    before = jon;
    command.id = jon.id;
  }

  std::string_view Run() { return ReasonOf(scene.Run(command)); }
  const Contact& Committed() {
    EXPECT_EQ(ReasonOf(scene.Commit(command)), "accepted");
    return scene.contact("jon");
  }

  Scene scene;
  Contact before;
  ContactUpdate command;
};

TEST_F(ContactUpdateTest, ChangesWhatIsGivenAndNothingElse) {
  command.email = "jon@example.org";
  Contact expected = before;
  expected.email = "jon@example.org";
  expected.updater = kGold;
  expected.updated = scene.now;
  expected.version = 2;
  EXPECT_EQ(Committed(), expected);
}

TEST_F(ContactUpdateTest, SetsAndRemovesTheAdditionalEmail) {
  const AdditionalEmail second{"j\u00F6n@example.org", true};
  command.additional_email.emplace(second);
  EXPECT_EQ(Committed().additional_email, Rare<AdditionalEmail>(second));
  command.additional_email.reset();
  command.email = "jon@example.org";
  EXPECT_EQ(Committed().additional_email, Rare<AdditionalEmail>(second)) << "untouched";
  command.additional_email.emplace();
  EXPECT_FALSE(Committed().additional_email.has_value());
}

TEST_F(ContactUpdateTest, MergesTheGivenMembersOfAPostalInfo) {
  command.international.emplace().address = Admiralty();
  const PostalInfo merged = *Committed().international;
  EXPECT_EQ(merged.name, before.international->name);
  EXPECT_EQ(merged.organization, "ISI");
  EXPECT_EQ(merged.street, Admiralty().street);
  EXPECT_EQ(merged.city, "Marina del Rey");
  EXPECT_EQ(merged.state, "CA");
  EXPECT_EQ(merged.postal_code, "90292");
  EXPECT_EQ(merged.country, "US");
}

TEST_F(ContactUpdateTest, ReplacesTheAddressAsAWhole) {
  command.international.emplace().address = Admiralty();
  Committed();
  PostalChange::Address short_address;
  short_address.city = "London";
  short_address.country = "GB";
  command.international->address = short_address;
  const PostalInfo merged = *Committed().international;
  EXPECT_TRUE(merged.street.empty());
  EXPECT_EQ(merged.state, "");
  EXPECT_EQ(merged.postal_code, "");
  EXPECT_EQ(merged.country, "GB");
}

TEST_F(ContactUpdateTest, ChangesTheNameAloneAndEmptiesTheOrganization) {
  command.international = PostalChange{"Jonathan Postel", "", {}};
  const PostalInfo merged = *Committed().international;
  EXPECT_EQ(merged.name, "Jonathan Postel");
  EXPECT_EQ(merged.organization, "");
  EXPECT_EQ(merged.city, before.international->city);
}

TEST_F(ContactUpdateTest, AddsTheOtherFormOnlyWhole) {
  command.localized = PostalChange{"Jón", {}, {}};
  const auto without_address = scene.Run(command);
  ASSERT_EQ(ReasonOf(without_address), kPostalIncomplete.id);
  EXPECT_EQ(without_address.rejection().code(), ResultCode::kParameterMissing);
  EXPECT_EQ(without_address.rejection().subject, "addr");

  command.localized = PostalChange{{}, {}, Admiralty()};
  const auto without_name = scene.Run(command);
  ASSERT_EQ(ReasonOf(without_name), kPostalIncomplete.id);
  EXPECT_EQ(without_name.rejection().subject, "name");

  command.localized = PostalChange{"Jón", {}, Admiralty()};
  const Contact& contact = Committed();
  EXPECT_EQ(contact.localized->name, "Jón");
  EXPECT_EQ(contact.international, before.international);
}

TEST_F(ContactUpdateTest, SetsAndRemovesPhones) {
  command.voice.emplace(Phone{"+1.3108221511", ""});
  command.fax.emplace(Phone{"+1.3108236714", ""});
  EXPECT_EQ(Committed().voice, (Phone{"+1.3108221511", ""}));
  EXPECT_EQ(scene.contact("jon").fax, (Phone{"+1.3108236714", ""}));
  command.voice.emplace(std::nullopt);
  command.fax.reset();
  EXPECT_EQ(Committed().voice, std::nullopt);
  EXPECT_TRUE(scene.contact("jon").fax.has_value());
}

TEST_F(ContactUpdateTest, SetsAuthInfoAndDisclose) {
  const AuthInfo fresh("3fooBAR-3fooBAR-3fooBAR");
  command.auth = fresh.Seal(SealedAuthInfo::Salt{});
  command.disclose = Disclose{false, Disclose::kVoice};
  const Contact& contact = Committed();
  EXPECT_TRUE(fresh.Opens(contact.auth));
  EXPECT_EQ(contact.disclose, (Disclose{false, Disclose::kVoice}));
  command.auth = SealedAuthInfo();
  EXPECT_FALSE(Committed().auth.is_set());
}

TEST_F(ContactUpdateTest, AddsAndRemovesStatusesOnce) {
  command.add = {Status::kClientUpdateProhibited};
  Committed();
  EXPECT_EQ(Run(), kUpdateProhibited.id) << "only its removal passes";
  command.add = {};
  command.remove = {Status::kClientUpdateProhibited};
  EXPECT_TRUE(Committed().statuses.empty());
  EXPECT_EQ(Run(), kNotPresent.id);
}

TEST_F(ContactUpdateTest, LetsTheOperatorPass) {
  scene.asker = kOperator;
  command.add = {Status::kServerUpdateProhibited};
  Committed();
  command.add = {};
  command.email = "jon@example.org";
  const Contact& contact = Committed();
  EXPECT_EQ(contact.email, "jon@example.org");
  EXPECT_EQ(contact.sponsor, kGold);
  EXPECT_EQ(contact.updater, kOperator);
}

TEST_F(ContactUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  command.email = "jon@example.org";
  void (*const spoil[])(Scene&, ContactUpdate&) = {
      [](Scene&, ContactUpdate& c) {
        c = ContactUpdate();
        c.id = ContactId("paul");
      },
      [](Scene&, ContactUpdate& c) { c.id = ContactId("paul"); },
      [](Scene& s, ContactUpdate&) { s.asker = kSilver; },
      [](Scene& s, ContactUpdate&) {
        s.contact("jon").statuses.Add(Status::kServerUpdateProhibited);
      },
      [](Scene&, ContactUpdate& c) {
        c.localized = PostalChange{"Jón", {}, {}};
      },
      [](Scene& s, ContactUpdate& c) {
        s.contact("jon").transfer = Transfer{.acted = absl::InfiniteFuture()};
        c.add = {Status::kClientTransferProhibited};
      },
      [](Scene&, ContactUpdate& c) { c.unacceptable = Reject(kDuplicateValue); },
      [](Scene&, ContactUpdate& c) { c.remove = {Status::kClientTransferProhibited}; },
      [](Scene& s, ContactUpdate& c) {
        s.contact("jon").statuses = {Status::kClientDeleteProhibited};
        c.add = {Status::kClientDeleteProhibited};
      },
      [](Scene&, ContactUpdate& c) { c.auth_weak = true; },
  };
  ExpectReasonsInOrder(scene, command, kContactUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
