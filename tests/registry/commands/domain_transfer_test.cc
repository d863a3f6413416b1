#include <gmock/gmock.h>

#include "registry/commands/domain_info.h"
#include "registry/commands/domain_transfer_decision.h"
#include "registry/commands/domain_transfer_query.h"
#include "registry/commands/domain_transfer_request.h"
#include "registry/commands/host_info.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/statuses.h"
#include "registry/types/roid.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);

// Gold's domain, which silver wants.
class DomainTransferTest : public testing::Test {
 protected:
  DomainTransferTest() : domain(scene.AddDomain("example.org")) {
    scene.asker = kSilver;
    request.name = domain.name;
    request.credential = Credential{AuthInfo(Scene::kAuth), {}};
    scene.ChangePolicy([](TldPolicy& policy) { policy.transfer_fee = Money{800}; });
  }
  void Request() { ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted"); }
  std::string_view Decide(TransferDecision decision, RegistrarKey asker) {
    scene.asker = asker;
    return ReasonOf(scene.Commit(DomainTransferDecision{domain.name, decision, {}}));
  }
  std::string_view Query(RegistrarKey asker, std::optional<Credential> credential = {}) {
    scene.asker = asker;
    return ReasonOf(scene.Run(DomainTransferQuery{domain.name, std::move(credential)}));
  }
  std::vector<std::string> Ledger() const {
    std::vector<std::string> lines;
    for (const LedgerEntry& entry : scene.ledger) {
      lines.push_back(std::to_string(Number(entry.registrar)) + " " + entry.what + " " +
                      std::to_string(entry.amount.minor));
    }
    return lines;
  }
  std::vector<std::string> Messages() const {
    std::vector<std::string> lines;
    for (const PollMessage& message : scene.messages) {
      lines.push_back(std::to_string(Number(message.registrar)) + " " + message.text);
    }
    return lines;
  }

  Scene scene;
  Domain& domain;
  DomainTransferRequest request;
};

TEST_F(DomainTransferTest, ARequestIsPendingAndHoldsTheFeeBack) {
  const Domain before = domain;
  request.period = Years(2);
  const auto outcome = scene.Commit(request);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOkPending);
  Domain expected = before;
  expected.transfer =
      Transfer{TransferState::kPending, kSilver, kGold,       scene.now,
               scene.now + 5 * kDay,    2,       Money{1600}, AddYears(before.expires, 2)};
  expected.updater = kSilver;
  expected.updated = scene.now;
  expected.version = 2;
  EXPECT_EQ(domain, expected);
  EXPECT_EQ(outcome->answer.transfer, *expected.transfer);
  EXPECT_THAT(Ledger(), ElementsAre("2 transfer -1600"));
  EXPECT_THAT(Messages(), ElementsAre("1 The transfer of the domain example.org was requested"));
  EXPECT_EQ(scene.messages[0].transfer, expected.transfer);
}

TEST_F(DomainTransferTest, ApprovalMakesTheAskerTheSponsor) {
  domain.grace = {{GraceKind::kRenew, scene.now + 2 * kDay, Money{900}, kGold, 1}};
  const absl::Time expires = domain.expires;
  Request();
  scene.now += kDay;
  ASSERT_EQ(Decide(TransferDecision::kApprove, kGold), "accepted");
  EXPECT_EQ(domain.sponsor, kSilver);
  EXPECT_EQ(domain.expires, AddYears(expires, 1));
  EXPECT_EQ(domain.transferred, scene.now);
  EXPECT_FALSE(domain.auth.is_set());
  EXPECT_EQ(domain.transfer->state, TransferState::kClientApproved);
  EXPECT_EQ(domain.transfer->acted, scene.now);
  EXPECT_EQ(domain.transfer->expires, domain.expires);
  EXPECT_THAT(domain.grace, ElementsAre(GracePeriod{GraceKind::kTransfer, scene.now + 5 * kDay,
                                                    Money{800}, kSilver, 1}));
  EXPECT_THAT(Ledger(), ElementsAre("2 transfer -800")) << "the renewal is final";
  EXPECT_THAT(Messages(), ElementsAre("1 The transfer of the domain example.org was requested",
                                      "2 The transfer of the domain example.org was approved",
                                      "1 The transfer of the domain example.org was approved"));
}

TEST_F(DomainTransferTest, WhatComesToNothingCostsNothing) {
  const Domain before = domain;
  struct Case {
    TransferDecision decision;
    RegistrarKey asker;
    TransferState state;
    std::vector<std::string> messages;
  };
  const std::string text = " The transfer of the domain example.org was ";
  for (const Case& c : {
           Case{TransferDecision::kReject,
                kGold,
                TransferState::kClientRejected,
                {"2" + text + "rejected"}},
           Case{TransferDecision::kCancel,
                kSilver,
                TransferState::kClientCancelled,
                {"1" + text + "cancelled"}},
           Case{TransferDecision::kReject,
                kOperator,
                TransferState::kServerCancelled,
                {"2" + text + "cancelled by the registry",
                 "1" + text + "cancelled by the registry"}},
       }) {
    domain = before;
    scene.ledger.clear();
    scene.asker = kSilver;
    Request();
    scene.messages.clear();
    ASSERT_EQ(Decide(c.decision, c.asker), "accepted");
    EXPECT_EQ(domain.transfer->state, c.state);
    EXPECT_EQ(domain.sponsor, kGold);
    EXPECT_EQ(domain.expires, before.expires);
    EXPECT_EQ(domain.auth, before.auth) << "only a transfer uses it up";
    EXPECT_THAT(Ledger(), ElementsAre("2 transfer -800", "2 transfer 800"));
    EXPECT_EQ(Messages(), c.messages);
    EXPECT_EQ(Decide(c.decision, c.asker), kNoTransferPending.id);
  }
}

TEST_F(DomainTransferTest, LeavesTheLosingRegistrarsOrganizationsBehind) {
  domain.organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kReseller, scene.AddOrganization("res1").key, OrganizationId("res1")}};
  Request();
  EXPECT_TRUE(domain.organizations.has_value());
  Decide(TransferDecision::kApprove, kGold);
  EXPECT_FALSE(domain.organizations.has_value());
}

TEST_F(DomainTransferTest, InTheAutoRenewGraceTheYearsStandInThePlaceOfTheAutomaticOne) {
  domain.expires = scene.now + kDay;
  const absl::Time expiry = domain.expires;
  scene.now += 2 * kDay;  // renewed by the clock, whether that is written or not
  Request();
  EXPECT_EQ(domain.transfer->expires, AddYears(expiry, 1));
  ASSERT_EQ(Decide(TransferDecision::kApprove, kGold), "accepted");
  EXPECT_EQ(domain.expires, AddYears(expiry, 1));
  EXPECT_THAT(Ledger(), ElementsAre("1 auto-renew -900", "2 transfer -800", "1 auto-renew 900"));
}

TEST_F(DomainTransferTest, HostsBelowTheDomainGoWithIt) {
  scene.AddHost("ns1.example.org");
  Request();
  EXPECT_EQ(scene.Run(HostInfo{DomainName("ns1.example.org")})->host.sponsor, kGold);
  scene.now += 5 * kDay;  // nobody has decided, and nothing is written
  const auto info = scene.Run(HostInfo{DomainName("ns1.example.org")});
  EXPECT_EQ(info->host.sponsor, kSilver);
  EXPECT_EQ(info->host.transferred, scene.now);
}

TEST_F(DomainTransferTest, TheAuthInfoMayBeThatOfAContact) {
  domain.auth = SealedAuthInfo();
  EXPECT_EQ(ReasonOf(scene.Run(request)), kWrongAuthInfo.id) << "none is set";
  request.credential->owner = FormatRoid(ObjectKind::kContact, Number(domain.registrant),
                                         scene.directory.settings.repository_id);
  EXPECT_EQ(ReasonOf(scene.Run(request)), "accepted");
}

TEST_F(DomainTransferTest, AnAuthInfoEndsWithItsTime) {
  domain.auth_ends = scene.now + absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(request)), "accepted");
  scene.now += absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(request)), kWrongAuthInfo.id);
}

TEST_F(DomainTransferTest, WhileItIsPendingNobodyRenewsOrDeletes) {
  Request();
  EXPECT_TRUE(Prohibits(domain, Operation::kRenew));
  EXPECT_TRUE(Prohibits(domain, Operation::kDelete));
  EXPECT_FALSE(Prohibits(domain, Operation::kUpdate));
}

TEST_F(DomainTransferTest, MayLeaveTheExpiryTenYearsAwayAndNoFurther) {
  domain.expires = AddYears(scene.now, 9);
  EXPECT_EQ(ReasonOf(scene.Run(request)), "accepted");
  domain.expires += absl::Milliseconds(1);
  EXPECT_EQ(ReasonOf(scene.Run(request)), kTooFarAhead.id);
}

TEST_F(DomainTransferTest, IsShownToThoseWhomItConcerns) {
  const Credential right{AuthInfo(Scene::kAuth), {}}, wrong{AuthInfo("3fooBAR-3fooBAR-3foo"), {}};
  EXPECT_EQ(Query(kGold), kNeverTransferred.id);
  EXPECT_EQ(Query(kSilver), kNotParty.id);
  EXPECT_EQ(Query(kSilver, right), kNeverTransferred.id);
  scene.asker = kSilver;
  Request();
  EXPECT_EQ(Query(kGold), "accepted");
  EXPECT_EQ(Query(kSilver), "accepted");
  EXPECT_EQ(Query(kOperator), "accepted");
  EXPECT_EQ(Query(kStranger), kNotParty.id);
  EXPECT_EQ(Query(kStranger, right), "accepted");
  EXPECT_EQ(Query(kGold, wrong), kWrongAuthInfo.id);
  scene.now += 5 * kDay;
  scene.asker = kGold;
  const auto outcome = scene.Run(DomainTransferQuery{domain.name, {}});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->transfer.state, TransferState::kServerApproved);
}

TEST_F(DomainTransferTest, OnlyWhoMayDecidesAndOnce) {
  EXPECT_EQ(Decide(TransferDecision::kApprove, kStranger), kNoTransferPending.id);
  scene.asker = kSilver;
  Request();
  EXPECT_EQ(Decide(TransferDecision::kApprove, kSilver), kNotSponsor.id);
  EXPECT_EQ(Decide(TransferDecision::kReject, kSilver), kNotSponsor.id);
  EXPECT_EQ(Decide(TransferDecision::kCancel, kGold), kNotGaining.id);
  scene.asker = kGold;
  EXPECT_EQ(
      ReasonOf(scene.Run(DomainTransferDecision{domain.name, TransferDecision::kApprove,
                                                Credential{AuthInfo("3fooBAR-3fooBAR-3foo"), {}}})),
      kWrongAuthInfo.id);
  scene.now += 5 * kDay;
  EXPECT_EQ(Decide(TransferDecision::kReject, kGold), kNoTransferPending.id)
      << "the clock has approved";
}

TEST_F(DomainTransferTest, AnEndedOneGivesWayToTheNext) {
  Request();
  EXPECT_EQ(ReasonOf(scene.Run(request)), kTransferIsPending.id);
  ASSERT_EQ(Decide(TransferDecision::kReject, kGold), "accepted");
  scene.asker = kSilver;
  Request();
  EXPECT_EQ(domain.transfer->state, TransferState::kPending);
}

TEST_F(DomainTransferTest, ATokenThatIsForItLowersTheFee) {
  AllocationToken& token = scene.AddToken("move");
  token.kind = AllocationToken::Kind::kPromotion;
  token.discount = 25;
  request.token = GivenToken("move");
  EXPECT_EQ(ReasonOf(scene.Run(request)), kTokenMismatch.id) << "it is for creates";
  token.purpose = AllocationToken::Purpose::kTransfer;
  domain.token = UsedToken{1, "abc"};
  Request();
  EXPECT_EQ(domain.transfer->fee, Money{600});
  EXPECT_EQ(token.uses, 1);
  ASSERT_EQ(Decide(TransferDecision::kApprove, kGold), "accepted");
  EXPECT_EQ(domain.token, std::nullopt) << "the losing registrar's";
}

TEST_F(DomainTransferTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainTransferRequest&) = {
      [](Scene&, DomainTransferRequest& r) { r.credential.reset(); },
      [](Scene&, DomainTransferRequest& r) { r.name = DomainName("missing.org"); },
      [](Scene& s, DomainTransferRequest&) { s.asker = kOperator; },
      [](Scene& s, DomainTransferRequest&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene&, DomainTransferRequest& r) { r.credential->auth = AuthInfo("wrong"); },
      [](Scene&, DomainTransferRequest& r) { r.token = GivenToken("wrong"); },
      [](Scene& s, DomainTransferRequest&) { s.asker = kGold; },
      [](Scene& s, DomainTransferRequest&) {
        s.domain("example.org").transfer = Transfer{.acted = absl::InfiniteFuture()};
      },
      [](Scene& s, DomainTransferRequest&) {
        s.domain("example.org").statuses = {Status::kServerTransferProhibited};
      },
      [](Scene&, DomainTransferRequest& r) { r.period = Years(9); },
      [](Scene& s, DomainTransferRequest& r) {
        r.agreement.reset();
        s.ChangePolicy([](TldPolicy& p) {
          p.premium_classes["rare"] = {Money{1}, Money{1}, Money{800}, Money{1}};
        });
        s.domain("example.org").premium_class = "rare";
      },
      [](Scene&, DomainTransferRequest& r) {
        r.agreement = FeeAgreement{"EUR", Money{0}};
      },
      [](Scene&, DomainTransferRequest& r) {
        r.agreement = FeeAgreement{"USD", Money{799}};
      },
      [](Scene& s, DomainTransferRequest&) { s.balances[kSilver] = Money{}; },
  };
  ExpectReasonsInOrder(scene, request, kDomainTransferRequestReasons, spoil);
}

}  // namespace
}  // namespace registry
