#include "registry/rules/launch.h"

#include <gtest/gtest.h>

#include "tests/support/scene.h"

namespace registry {
namespace {

constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kInstant = absl::Milliseconds(1);

class LaunchTest : public testing::Test {
 protected:
  LaunchTest() {
    policy.launch_phases = {{LaunchPhase::kClaims}};
    request.phase = LaunchPhase::kClaims;
    request.notices = {{*NoticeId::Parse("370d0b7c9223372036854775807"), "tmch",
                        At("2010-08-16T09:00:00Z"), At("2010-08-15T09:00:00Z")}};
  }
  void UseMark() {
    policy.launch_phases = {{LaunchPhase::kSunrise}};
    SignedMark mark;
    mark.id = "1-2";
    mark.not_before = now - 10 * kDay;
    mark.not_after = now + 10 * kDay;
    mark.signer_starts = now - 20 * kDay;
    mark.signer_ends = now + 20 * kDay;
    mark.labels = {"example", "example-one"};
    request = {};
    request.phase = LaunchPhase::kSunrise;
    request.mark.emplace(std::move(mark));
  }
  SignedMark& mark() { return **request.mark; }
  std::string_view Verdict() {
    const auto refused = CheckLaunch(&request, Claims::kYes, name, policy, now);
    return refused ? refused->reason.id : "fine";
  }
  std::string_view VerdictOfNothing(Claims claims) {
    const auto refused = CheckLaunch(nullptr, claims, name, policy, now);
    return refused ? refused->reason.id : "fine";
  }

  const DomainName name{"example-one.org"};
  absl::Time now = At("2010-08-16T00:00:00Z");
  TldPolicy policy;
  LaunchRequest request;
};

TEST_F(LaunchTest, APhaseBeginsAndEndsToTheMillisecond) {
  const absl::Time start = At("2027-01-01T00:00:00Z"), end = At("2027-02-01T00:00:00Z");
  policy.launch_phases = {{LaunchPhase::kSunrise, start, end},
                          {LaunchPhase::kClaims, end, end + kDay},
                          {LaunchPhase::kOpen, end + 2 * kDay, absl::InfiniteFuture()}};
  EXPECT_EQ(PhaseAt(policy, start - kInstant), LaunchPhase::kNone);
  EXPECT_EQ(PhaseAt(policy, start), LaunchPhase::kSunrise);
  EXPECT_EQ(PhaseAt(policy, end - kInstant), LaunchPhase::kSunrise);
  EXPECT_EQ(PhaseAt(policy, end), LaunchPhase::kClaims);
  EXPECT_EQ(PhaseAt(policy, end + kDay), LaunchPhase::kNone);
  EXPECT_EQ(PhaseAt(policy, end + 2 * kDay), LaunchPhase::kOpen);
  policy.launch_phases.clear();
  EXPECT_EQ(PhaseAt(policy, start), LaunchPhase::kOpen);
}

TEST_F(LaunchTest, ANoticeIsGoodForItsLabelUntilItsExpiry) {
  EXPECT_EQ(Verdict(), "fine");
  now = request.notices[0].not_after;
  EXPECT_EQ(Verdict(), "fine");
  now += kInstant;
  EXPECT_EQ(Verdict(), kNoticeExpired.id);
}

TEST_F(LaunchTest, AnAcceptanceIsNeitherOldNorYetToCome) {
  absl::Time& accepted = request.notices[0].accepted;
  accepted = now;
  EXPECT_EQ(Verdict(), "fine");
  accepted = now + kInstant;
  EXPECT_EQ(Verdict(), kNoticeAcceptance.id);
  accepted = now - 365 * kDay;
  EXPECT_EQ(Verdict(), "fine");
  accepted -= kInstant;
  EXPECT_EQ(Verdict(), kNoticeAcceptance.id);
  policy.notice_acceptance = absl::Hours(48);
  accepted = now - absl::Hours(48);
  EXPECT_EQ(Verdict(), "fine");
  accepted -= kInstant;
  EXPECT_EQ(Verdict(), kNoticeAcceptance.id);
}

TEST_F(LaunchTest, ANoticeIsJudgedEvenWhereNoneIsNeeded) {
  request.notices[0].id = *NoticeId::Parse("000000001");
  const auto refused = CheckLaunch(&request, Claims::kNo, name, policy, now);
  ASSERT_TRUE(refused);
  EXPECT_EQ(refused->reason.id, kNoticeChecksum.id);
}

TEST_F(LaunchTest, OnlyLabelsOnTheListNeedANotice) {
  EXPECT_EQ(VerdictOfNothing(Claims::kNo), "fine");
  EXPECT_EQ(VerdictOfNothing(Claims::kYes), kNoticeRequired.id);
  EXPECT_EQ(VerdictOfNothing(Claims::kUnknown), kClaimsUnknown.id);
  request.notices.clear();
  EXPECT_EQ(Verdict(), kNoticeRequired.id);
}

TEST_F(LaunchTest, NobodyElseGivesNotices) {
  request.notices[0].validator = "other";
  EXPECT_EQ(Verdict(), kNoticeValidator.id);
}

TEST_F(LaunchTest, AnOpenTldAsksForNothing) {
  policy.launch_phases.clear();
  for (Claims claims : {Claims::kUnknown, Claims::kNo, Claims::kYes}) {
    EXPECT_EQ(VerdictOfNothing(claims), "fine");
  }
  EXPECT_EQ(Verdict(), kPhaseMismatch.id);
  request.phase = LaunchPhase::kOpen;
  EXPECT_EQ(Verdict(), kNoticeUnexpected.id);
  request.notices.clear();
  EXPECT_EQ(Verdict(), "fine");
}

TEST_F(LaunchTest, ThereAreNoOtherPhases) {
  for (LaunchPhase phase :
       {LaunchPhase::kSunrise, LaunchPhase::kLandrush, LaunchPhase::kOpen, LaunchPhase::kCustom}) {
    request.phase = phase;
    EXPECT_EQ(Verdict(), kPhaseMismatch.id);
  }
}

TEST_F(LaunchTest, TheSunriseNeedsASignedMark) {
  UseMark();
  EXPECT_EQ(Verdict(), "fine");
  EXPECT_EQ(VerdictOfNothing(Claims::kNo), kMarkRequired.id);
  request.mark.reset();
  EXPECT_EQ(Verdict(), kMarkRequired.id);
  request.mark.emplace(Reject(kMarkUntrusted));
  EXPECT_EQ(Verdict(), kMarkUntrusted.id);
}

TEST_F(LaunchTest, AMarkIsGoodInItsTimeAndThatOfItsSigner) {
  UseMark();
  for (absl::Time* starts : {&mark().not_before, &mark().signer_starts}) {
    const absl::Time kept = *starts;
    *starts = now;
    EXPECT_EQ(Verdict(), "fine");
    *starts = now + kInstant;
    EXPECT_EQ(Verdict(), kMarkOutOfTime.id);
    *starts = kept;
  }
  for (absl::Time* ends : {&mark().not_after, &mark().signer_ends}) {
    const absl::Time kept = *ends;
    *ends = now;
    EXPECT_EQ(Verdict(), "fine");
    *ends = now - kInstant;
    EXPECT_EQ(Verdict(), kMarkOutOfTime.id);
    *ends = kept;
  }
}

TEST_F(LaunchTest, AMarkIsGoodForItsLabelsAlone) {
  UseMark();
  mark().labels = {"example", "example-one-more"};
  EXPECT_EQ(Verdict(), kMarkLabel.id);
  mark().labels.clear();
  EXPECT_EQ(Verdict(), kMarkLabel.id);
}

TEST_F(LaunchTest, KeepsWhatTheRegistrationRestedOn) {
  const Launch claims = KeptOf(request);
  EXPECT_EQ(claims.phase, LaunchPhase::kClaims);
  EXPECT_EQ(claims.proof, "370d0b7c9223372036854775807");
  EXPECT_EQ(claims.accepted, At("2010-08-15T09:00:00Z"));
  EXPECT_EQ(claims.not_after, At("2010-08-16T09:00:00Z"));
  UseMark();
  mark().mark = "<mark/>";
  const Launch sunrise = KeptOf(request);
  EXPECT_EQ(sunrise.phase, LaunchPhase::kSunrise);
  EXPECT_EQ(sunrise.proof, "1-2");
  EXPECT_EQ(sunrise.mark, "<mark/>");
}

}  // namespace
}  // namespace registry
