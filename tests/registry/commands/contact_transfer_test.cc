#include <gmock/gmock.h>

#include "registry/commands/contact_delete.h"
#include "registry/commands/contact_info.h"
#include "registry/commands/contact_materialize.h"
#include "registry/commands/contact_transfer_decision.h"
#include "registry/commands/contact_transfer_query.h"
#include "registry/commands/contact_transfer_request.h"
#include "registry/commands/contact_update.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::SizeIs;

constexpr absl::Duration kDay = absl::Hours(24);

// Gold's contact, which silver wants.
class ContactTransferTest : public testing::Test {
 protected:
  ContactTransferTest() : contact(scene.AddContact("jon")) {
    scene.asker = kSilver;
    request.id = contact.id;
    request.credential = Credential{AuthInfo(Scene::kAuth), {}};
  }
  void Request() { ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted"); }
  std::string_view Decide(TransferDecision decision, RegistrarKey asker) {
    scene.asker = asker;
    return ReasonOf(scene.Commit(ContactTransferDecision{contact.id, decision, {}}));
  }

  Scene scene;
  Contact& contact;
  ContactTransferRequest request;
};

TEST_F(ContactTransferTest, IsPendingUntilTheSponsorApproves) {
  const auto outcome = scene.Commit(request);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOkPending);
  EXPECT_EQ(contact.sponsor, kGold);
  ASSERT_THAT(scene.messages, SizeIs(1));
  EXPECT_EQ(scene.messages[0].registrar, kGold);
  EXPECT_EQ(scene.messages[0].text, "The transfer of the contact jon was requested");
  EXPECT_EQ(scene.messages[0].notice, PollMessage::Notice::kContactTransfer);
  scene.now += kDay;
  ASSERT_EQ(Decide(TransferDecision::kApprove, kGold), "accepted");
  EXPECT_EQ(contact.sponsor, kSilver);
  EXPECT_EQ(contact.transferred, scene.now);
  EXPECT_FALSE(contact.auth.is_set());
  EXPECT_THAT(scene.messages, SizeIs(3));
  EXPECT_THAT(scene.ledger, SizeIs(0));
}

TEST_F(ContactTransferTest, RejectedOrCancelledItStays) {
  Request();
  EXPECT_EQ(Decide(TransferDecision::kReject, kSilver), kNotSponsor.id);
  EXPECT_EQ(Decide(TransferDecision::kCancel, kGold), kNotGaining.id);
  ASSERT_EQ(Decide(TransferDecision::kReject, kGold), "accepted");
  EXPECT_EQ(contact.transfer->state, TransferState::kClientRejected);
  scene.asker = kSilver;
  Request();
  ASSERT_EQ(Decide(TransferDecision::kCancel, kSilver), "accepted");
  EXPECT_EQ(contact.transfer->state, TransferState::kClientCancelled);
  EXPECT_EQ(contact.sponsor, kGold);
  EXPECT_EQ(Decide(TransferDecision::kCancel, kSilver), kNoTransferPending.id);
}

TEST_F(ContactTransferTest, TheClockApprovesWhetherOrNotThatIsWritten) {
  scene.directory.settings.contact_transfer_wait = 3 * kDay;
  Request();
  scene.now += 3 * kDay - absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(ContactInfo{contact.id, {}})), kNotSponsor.id);
  scene.now += absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(ContactInfo{contact.id, {}})), "accepted");
  EXPECT_EQ(contact.sponsor, kGold) << "nobody has written it yet";
  // The first change writes both, the clock's before its own.
  ContactUpdate update;
  update.id = contact.id;
  update.email = "jon@example.org";
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_EQ(contact.sponsor, kSilver);
  EXPECT_EQ(contact.version, 4);
  EXPECT_EQ(contact.transfer->state, TransferState::kServerApproved);
  EXPECT_THAT(scene.messages, SizeIs(3)) << "the request, and the approval to both";
}

TEST_F(ContactTransferTest, TheWorkerWritesIt) {
  Request();
  scene.now += 6 * kDay;
  scene.asker = kLifecycle;
  ASSERT_EQ(ReasonOf(scene.Commit(ContactMaterialize{contact.key})), "accepted");
  EXPECT_EQ(contact.sponsor, kSilver);
  EXPECT_EQ(contact.transferred, scene.now - kDay) << "when it was due";
  ASSERT_EQ(ReasonOf(scene.Commit(ContactMaterialize{contact.key})), "accepted");
  EXPECT_EQ(contact.version, 3) << "once";
  scene.asker = kSilver;
  EXPECT_EQ(ReasonOf(scene.Run(ContactMaterialize{contact.key})), kOperatorOnly.id);
}

TEST_F(ContactTransferTest, WhileItIsPendingNobodyDeletesIt) {
  Request();
  for (RegistrarKey asker : {kGold, kOperator}) {
    scene.asker = asker;
    EXPECT_EQ(ReasonOf(scene.Run(ContactDelete{contact.id})), kDeleteProhibited.id);
  }
}

TEST_F(ContactTransferTest, IsShownToThoseWhomItConcerns) {
  const auto query = [&](RegistrarKey asker, std::optional<Credential> credential = {}) {
    scene.asker = asker;
    return ReasonOf(scene.Run(ContactTransferQuery{contact.id, std::move(credential)}));
  };
  EXPECT_EQ(query(kGold), kNeverTransferred.id);
  EXPECT_EQ(query(kSilver), kNotParty.id);
  scene.asker = kSilver;
  Request();
  EXPECT_EQ(query(kGold), "accepted");
  EXPECT_EQ(query(kSilver), "accepted");
  EXPECT_EQ(query(kStranger), kNotParty.id);
  EXPECT_EQ(query(kStranger, request.credential), "accepted");
  EXPECT_EQ(query(kGold, Credential{AuthInfo("wrong"), {}}), kWrongAuthInfo.id);
}

TEST_F(ContactTransferTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, ContactTransferRequest&) = {
      [](Scene&, ContactTransferRequest& r) { r.credential.reset(); },
      [](Scene&, ContactTransferRequest& r) { r.id = ContactId("paul"); },
      [](Scene& s, ContactTransferRequest&) { s.asker = kOperator; },
      [](Scene&, ContactTransferRequest& r) { r.credential->auth = AuthInfo("wrong"); },
      [](Scene& s, ContactTransferRequest&) { s.asker = kGold; },
      [](Scene& s, ContactTransferRequest&) {
        s.contact("jon").transfer = Transfer{.acted = absl::InfiniteFuture()};
      },
      [](Scene& s, ContactTransferRequest&) {
        s.contact("jon").statuses = {Status::kClientTransferProhibited};
      },
  };
  ExpectReasonsInOrder(scene, request, kContactTransferRequestReasons, spoil);
}

}  // namespace
}  // namespace registry
