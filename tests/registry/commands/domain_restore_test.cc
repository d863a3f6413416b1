#include <gmock/gmock.h>

#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_restore_report.h"
#include "registry/commands/domain_restore_request.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/delegation.h"
#include "registry/rules/grace_periods.h"
#include "registry/types/years.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr absl::Duration kDay = absl::Hours(24);

// Gold's domain, in redemption for ten days.
class DomainRestoreTest : public testing::Test {
 protected:
  DomainRestoreTest() : domain(scene.AddDomain("example.org")), request{domain.name} {
    domain.phase = DomainPhase::kRedemption;
    domain.phase_ends = scene.now + 20 * kDay;
    report.name = domain.name;
    report.report.pre_data = "before";
    report.report.post_data = "after";
    report.report.deleted = scene.now - 10 * kDay;
    report.report.restored = scene.now;
    report.report.reason = "by mistake";
    report.report.statements = {"one", "two"};
  }
  std::optional<Domain> At(absl::Time time) {
    return Project(domain, time, scene.directory).domain;
  }
  std::vector<std::string> Ledger() const {
    std::vector<std::string> lines;
    for (const LedgerEntry& entry : scene.ledger) {
      lines.push_back(entry.what + " " + std::to_string(entry.amount.minor));
    }
    return lines;
  }

  Scene scene;
  Domain& domain;
  DomainRestoreRequest request;
  DomainRestoreReport report;
};

TEST_F(DomainRestoreTest, ARequestBringsTheDomainBackUntilTheReportIsDue) {
  const Domain before = domain;
  const auto outcome = scene.Commit(request);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(outcome->code, ResultCode::kOk);
  EXPECT_TRUE(outcome->answer.pending);
  EXPECT_EQ(outcome->answer.charged, Money{4000});
  Domain expected = before;
  expected.phase = DomainPhase::kPendingRestore;
  expected.phase_ends = scene.now + 7 * kDay;
  expected.redemption_ends = before.phase_ends;
  expected.updater = kGold;
  expected.updated = scene.now;
  expected.version = 2;
  EXPECT_EQ(domain, expected);
  EXPECT_THAT(Ledger(), ElementsAre("restore -4000"));
  EXPECT_THAT(RgpStatuses(domain, scene.now), ElementsAre("pendingRestore"));
  EXPECT_TRUE(IsPublished(domain));
  EXPECT_EQ(ReasonOf(scene.Run(DomainDelete{domain.name})), kDeleteProhibited.id);
  EXPECT_EQ(ReasonOf(scene.Run(request)), kNotInRedemption.id) << "once is enough";
}

TEST_F(DomainRestoreTest, TheReportEndsIt) {
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  scene.now += kDay;
  const auto outcome = scene.Run(report);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  ASSERT_THAT(outcome->changes.reports, SizeIs(1));
  EXPECT_EQ(outcome->changes.reports[0].domain, domain.key);
  EXPECT_EQ(outcome->changes.reports[0].reason, "by mistake");
  ASSERT_EQ(ReasonOf(scene.Commit(report)), "accepted");
  EXPECT_EQ(domain.phase, DomainPhase::kActive);
  EXPECT_EQ(domain.phase_ends, absl::InfiniteFuture());
  EXPECT_FALSE(domain.redemption_ends.has_value());
  EXPECT_THAT(RgpStatuses(domain, scene.now), IsEmpty());
  EXPECT_EQ(At(scene.now + 100 * kDay)->phase, DomainPhase::kActive);
  EXPECT_EQ(ReasonOf(scene.Run(report)), kNotPendingRestore.id);
}

TEST_F(DomainRestoreTest, WhatExpiredWhileTheReportWasDueIsRenewedWhenItComes) {
  domain.expires = scene.now + kDay;
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  const absl::Time expired = domain.expires;
  scene.now += 2 * kDay;
  DomainRenew renew;
  renew.name = domain.name;
  renew.current_expiry = UtcDay(AddYears(expired, 1));
  const auto decisions = scene.MemoryRegistry::Run(
      {MakeCommand(kGold, "report", report), MakeCommand(kGold, "renew", renew)}, 2000, scene.now);
  EXPECT_TRUE(decisions[0].accepted());
  EXPECT_TRUE(decisions[1].accepted())
      << "the next one of the group sees it: " << decisions[1].reason;
  EXPECT_EQ(domain.expires, AddYears(expired, 2));
  EXPECT_EQ(domain.grace.front().ends, expired + 45 * kDay);
  EXPECT_THAT(Ledger(), ElementsAre("restore -4000", "auto-renew -900", "renew -900"));
}

TEST_F(DomainRestoreTest, WithoutTheReportWhatIsLeftOfTheRedemptionGoesOn) {
  const absl::Time redemption_ends = domain.phase_ends;
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  const absl::Time due = scene.now + 7 * kDay;
  EXPECT_EQ(At(due - absl::Milliseconds(1))->phase, DomainPhase::kPendingRestore);
  const Projection late = Project(domain, due, scene.directory);
  EXPECT_EQ(late.domain->phase, DomainPhase::kRedemption);
  EXPECT_EQ(late.domain->phase_ends, redemption_ends);
  ASSERT_THAT(late.arrears.messages, SizeIs(1));
  EXPECT_EQ(late.arrears.messages[0].text,
            "The restore of the domain example.org was not reported in time: it is in redemption "
            "again");
  EXPECT_THAT(late.arrears.ledger, IsEmpty()) << "the fee is final";
  EXPECT_EQ(At(redemption_ends)->phase, DomainPhase::kPendingDelete);
  EXPECT_FALSE(At(redemption_ends + 5 * kDay).has_value());
  scene.now = due;
  EXPECT_EQ(ReasonOf(scene.Run(report)), kNotPendingRestore.id);
  EXPECT_EQ(ReasonOf(scene.Run(request)), "accepted") << "it can be asked for again";
}

TEST_F(DomainRestoreTest, ARedemptionThatIsOverByThenEndsAtOnce) {
  domain.phase_ends = scene.now + kDay;
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  EXPECT_EQ(At(scene.now + 3 * kDay)->phase, DomainPhase::kPendingRestore);
  const auto late = At(scene.now + 7 * kDay);
  EXPECT_EQ(late->phase, DomainPhase::kPendingDelete);
  EXPECT_EQ(late->phase_ends, scene.now + 12 * kDay);
}

TEST_F(DomainRestoreTest, WhatHasExpiredMeanwhileIsRenewed) {
  domain.expires = scene.now - 400 * kDay;
  const absl::Time expiry = domain.expires;
  const auto outcome = scene.Commit(request);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_EQ(domain.expires, AddYears(expiry, 2));
  EXPECT_EQ(outcome->answer.expires, domain.expires);
  EXPECT_THAT(Ledger(), ElementsAre("restore -4000", "renew -1800"));
}

TEST_F(DomainRestoreTest, WhereNoReportIsWantedItIsActiveAtOnce) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.restore_report_wait = absl::Duration(); });
  const auto outcome = scene.Commit(request);
  ASSERT_EQ(ReasonOf(outcome), "accepted");
  EXPECT_FALSE(outcome->answer.pending);
  EXPECT_EQ(domain.phase, DomainPhase::kActive);
  EXPECT_FALSE(domain.redemption_ends.has_value());
}

TEST_F(DomainRestoreTest, CostsTheOperatorNothing) {
  scene.asker = kOperator;
  domain.expires = scene.now - kDay;
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  EXPECT_THAT(Ledger(), ElementsAre("restore 0", "renew 0"));
}

TEST_F(DomainRestoreTest, ReasonsOfTheRequestApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainRestoreRequest&) = {
      [](Scene&, DomainRestoreRequest& r) { r.name = DomainName("missing.org"); },
      [](Scene& s, DomainRestoreRequest&) { s.asker = kSilver; },
      [](Scene& s, DomainRestoreRequest&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene& s, DomainRestoreRequest&) {
        s.domain("example.org").phase = DomainPhase::kPendingDelete;
      },
      [](Scene& s, DomainRestoreRequest& r) {
        r.agreement.reset();
        s.ChangePolicy([](TldPolicy& p) {
          p.premium_classes["rare"] = {Money{1}, Money{1}, Money{1}, Money{4000}};
        });
        s.domain("example.org").premium_class = "rare";
      },
      [](Scene&, DomainRestoreRequest& r) {
        r.agreement = FeeAgreement{"EUR", Money{0}};
      },
      [](Scene&, DomainRestoreRequest& r) {
        r.agreement = FeeAgreement{"USD", Money{3999}};
      },
      [](Scene& s, DomainRestoreRequest&) { s.balances[kGold] = Money{3999}; },
  };
  ExpectReasonsInOrder(scene, request, kDomainRestoreRequestReasons, spoil);
}

TEST_F(DomainRestoreTest, ReasonsOfTheReportApplyInTheirDocumentedOrder) {
  ASSERT_EQ(ReasonOf(scene.Commit(request)), "accepted");
  void (*const spoil[])(Scene&, DomainRestoreReport&) = {
      [](Scene&, DomainRestoreReport& r) { r.name = DomainName("missing.org"); },
      [](Scene& s, DomainRestoreReport&) { s.asker = kSilver; },
      [](Scene& s, DomainRestoreReport&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene& s, DomainRestoreReport&) {
        s.domain("example.org").phase = DomainPhase::kRedemption;
      },
  };
  ExpectReasonsInOrder(scene, report, kDomainRestoreReportReasons, spoil);
}

}  // namespace
}  // namespace registry
