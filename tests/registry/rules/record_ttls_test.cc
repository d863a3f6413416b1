#include "registry/rules/record_ttls.h"

#include <gmock/gmock.h>

#include <string>
#include <string_view>

#include "registry/rules/reasons.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TldPolicy Policy() {
  TldPolicy policy;
  policy.tld = "org";
  policy.min_ns_ttl = 60;
  policy.max_ns_ttl = 7200;
  policy.min_glue_ttl = 120;
  policy.max_glue_ttl = 86400;
  return policy;
}

std::string Refusal(const std::optional<Rejection>& rejection) {
  return rejection ? std::string(rejection->reason.id) + ": " + rejection->subject : "accepted";
}

TEST(RecordTtlsTest, TakesWhatTheTldOffersWithinItsLimits) {
  const TldPolicy policy = Policy();
  DelegationTtls domain;
  EXPECT_EQ(Refusal(ChooseTtls({{"NS", 60}}, &policy, domain)), "accepted");
  EXPECT_EQ(domain, (DelegationTtls{60, {}}));
  EXPECT_EQ(Refusal(ChooseTtls({{"NS", 7200}}, &policy, domain)), "accepted");
  EXPECT_EQ(domain.ns, 7200u);
  AddressTtls host;
  EXPECT_EQ(Refusal(ChooseTtls({{"AAAA", 120}, {"A", 86400}}, &policy, host)), "accepted");
  EXPECT_EQ(host, (AddressTtls{86400, 120}));
}

TEST(RecordTtlsTest, GoesBackToTheTldsOwn) {
  const TldPolicy policy = Policy();
  AddressTtls host{600, 700};
  EXPECT_EQ(Refusal(ChooseTtls({{"A", {}}}, &policy, host)), "accepted");
  EXPECT_EQ(host, (AddressTtls{{}, 700}));
}

TEST(RecordTtlsTest, RefusesTypesThatAreNotOfferedBeforeRangesAndChangesNothing) {
  const TldPolicy policy = Policy();
  const DelegationTtls before{300, 400};
  for (const char* type : {"DS", "DNAME", "A", "AAAA", "custom NS", ""}) {
    DelegationTtls domain = before;
    EXPECT_EQ(Refusal(ChooseTtls({{"NS", 1}, {type, 3600}}, &policy, domain)),
              std::string("ttl-not-offered: ") + type);
    EXPECT_EQ(domain, before);
  }
  for (const char* type : {"NS", "DS", "DNAME"}) {
    AddressTtls host;
    EXPECT_EQ(Refusal(ChooseTtls({{type, 3600}}, &policy, host)),
              std::string("ttl-not-offered: ") + type);
  }
  for (const uint32_t seconds : {0u, 59u, 7201u, 2147483647u}) {
    DelegationTtls domain = before;
    EXPECT_EQ(Refusal(ChooseTtls({{"NS", seconds}}, &policy, domain)),
              "ttl-range: NS from 60 to 7200");
    EXPECT_EQ(domain, before);
  }
}

TEST(RecordTtlsTest, OffersNothingOutsideOfOurZones) {
  AddressTtls host;
  EXPECT_EQ(Refusal(ChooseTtls({{"A", 3600}}, nullptr, host)), "ttl-not-offered: A");
  EXPECT_EQ(Refusal(ChooseTtls({}, nullptr, host)), "accepted");
  EXPECT_THAT(ShowTtls(TtlQuery::kAll, nullptr, AddressTtls{1, 2}), IsEmpty());
}

TEST(RecordTtlsTest, ShowsWhatIsChosenOrAllThatIsOffered) {
  const TldPolicy policy = Policy();
  const TtlLimits ns{60, 3600, 7200}, glue{120, 3600, 86400};
  EXPECT_THAT(ShowTtls(TtlQuery::kNone, &policy, DelegationTtls{300, {}}), IsEmpty());
  EXPECT_THAT(ShowTtls(TtlQuery::kChosen, &policy, DelegationTtls{}), IsEmpty());
  EXPECT_THAT(ShowTtls(TtlQuery::kChosen, &policy, DelegationTtls{300, 400}),
              ElementsAre(TtlShown{"NS", 300, {}}))
      << "DS is not offered any more";
  EXPECT_THAT(ShowTtls(TtlQuery::kAll, &policy, DelegationTtls{}),
              ElementsAre(TtlShown{"NS", {}, ns}));
  EXPECT_THAT(ShowTtls(TtlQuery::kAll, &policy, AddressTtls{{}, 600}),
              ElementsAre(TtlShown{"A", {}, glue}, TtlShown{"AAAA", 600, glue}));
}

TEST(RecordTtlsTest, HoldsOlderChoicesToTheLimitsOfToday) {
  const TldPolicy policy = Policy();
  EXPECT_EQ(NsTtlLimits(policy).InForce({}), 3600u);
  EXPECT_EQ(NsTtlLimits(policy).InForce(1), 60u);
  EXPECT_EQ(NsTtlLimits(policy).InForce(99999), 7200u);
  EXPECT_EQ(NsTtlLimits(policy).InForce(61), 61u);
  EXPECT_EQ(DsTtlLimits(policy).InForce(61), 3600u) << "not offered";
  EXPECT_THAT(ShowTtls(TtlQuery::kChosen, &policy, DelegationTtls{1, {}}),
              ElementsAre(TtlShown{"NS", 60, {}}));
}

}  // namespace
}  // namespace registry
