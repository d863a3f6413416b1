#include "registry/lifecycle/project.h"

#include <gmock/gmock.h>

#include <map>
#include <random>

#include "registry/rules/delegation.h"
#include "registry/rules/grace_periods.h"
#include "registry/types/years.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr absl::Duration kDay = absl::Hours(24);
constexpr absl::Duration kInstant = absl::Milliseconds(1);

class ProjectTest : public testing::Test {
 protected:
  ProjectTest() : domain(scene.AddDomain("example.org")) {}
  Projection Run(absl::Time now) { return Project(domain, now, scene.directory); }
  Scene scene;
  Domain& domain;
};

TEST_F(ProjectTest, LeavesADomainAloneToWhichNothingHasHappened) {
  const Projection projection = Run(domain.expires - kInstant);
  EXPECT_EQ(projection.domain, domain);
  EXPECT_TRUE(projection.arrears.empty());
}

TEST_F(ProjectTest, RenewsAtTheExpiryNotBeforeAndNotTwice) {
  const absl::Time expiry = domain.expires;
  EXPECT_EQ(Run(expiry - kInstant).domain->expires, expiry);
  EXPECT_EQ(Run(expiry).domain->expires, AddYears(expiry, 1));
  EXPECT_EQ(Run(expiry + kInstant).domain->expires, AddYears(expiry, 1));
  EXPECT_EQ(Run(AddYears(expiry, 1) - kInstant).domain->expires, AddYears(expiry, 1));
  EXPECT_EQ(Run(AddYears(expiry, 1)).domain->expires, AddYears(expiry, 2));
}

TEST_F(ProjectTest, RunsAGracePeriodToItsInstant) {
  const absl::Time ends = domain.expires + 45 * kDay;
  EXPECT_THAT(RgpStatuses(*Run(ends - kInstant).domain, ends - kInstant),
              ElementsAre("autoRenewPeriod"));
  EXPECT_EQ(Run(ends - kInstant).domain->grace.size(), 1u);
  EXPECT_THAT(Run(ends).domain->grace, IsEmpty());
  EXPECT_THAT(Run(ends + kInstant).domain->grace, IsEmpty());
}

TEST_F(ProjectTest, EndsTheRedemptionThenPurges) {
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now;
  EXPECT_EQ(Run(scene.now - kInstant).domain->phase, DomainPhase::kRedemption);
  EXPECT_EQ(Run(scene.now).domain->phase, DomainPhase::kPendingDelete);
  EXPECT_EQ(Run(scene.now).domain->phase_ends, scene.now + 5 * kDay);
  EXPECT_TRUE(Run(scene.now + 5 * kDay - kInstant).domain.has_value());
  EXPECT_FALSE(Run(scene.now + 5 * kDay).domain.has_value());
  EXPECT_FALSE(Run(scene.now + 5 * kDay + kInstant).domain.has_value());
}

TEST_F(ProjectTest, DoesNotRenewWhatIsDeleted) {
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = domain.expires + 10 * kDay;
  const Projection projection = Run(domain.expires + 9 * kDay);
  EXPECT_EQ(projection.domain, domain);
  EXPECT_TRUE(projection.arrears.empty());
}

TEST_F(ProjectTest, KeepsEachTransitionWithItsOwnInstant) {
  const absl::Time expiry = domain.expires;
  const Projection projection = Run(AddYears(expiry, 1) + kDay);
  const Changes& arrears = projection.arrears;
  ASSERT_EQ(arrears.domains.size(), 3u) << "renewed, grace ended, renewed";
  EXPECT_EQ(arrears.domains[0].before, domain);
  for (size_t i = 1; i < arrears.domains.size(); ++i) {
    EXPECT_EQ(arrears.domains[i].before, arrears.domains[i - 1].after);
  }
  EXPECT_EQ(arrears.domains.back().after, projection.domain);
  EXPECT_EQ(projection.domain->version, domain.version + 3);
  ASSERT_EQ(arrears.messages.size(), 2u);
  EXPECT_EQ(arrears.messages[0].queued, expiry);
  EXPECT_EQ(arrears.messages[1].queued, AddYears(expiry, 1));
  ASSERT_EQ(arrears.ledger.size(), 2u);
  EXPECT_EQ(arrears.ledger[0].domain_version, domain.version + 1);
  EXPECT_EQ(arrears.ledger[1].domain_version, domain.version + 3);
}

TEST_F(ProjectTest, LeavesADomainAloneWhoseTldHasNoPolicy) {
  domain.name = DomainName("example.net");
  const Projection projection = Run(AddYears(domain.expires, 5));
  EXPECT_EQ(projection.domain, domain);
  EXPECT_TRUE(projection.arrears.empty());
}

TEST_F(ProjectTest, StopsWithPeriodsOfNoLength) {
  scene.ChangePolicy([](TldPolicy& policy) {
    policy.auto_renew_grace = absl::ZeroDuration();
    policy.pending_delete = absl::ZeroDuration();
  });
  EXPECT_THAT(Run(domain.expires).domain->grace, IsEmpty());
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now;
  EXPECT_FALSE(Run(scene.now).domain.has_value());
}

TEST_F(ProjectTest, NextEventIsTheEarliestOfAll) {
  EXPECT_EQ(NextEvent(domain), domain.expires);
  domain.grace = {{GraceKind::kAdd, scene.now + kDay, Money{900}, kGold}};
  EXPECT_EQ(NextEvent(domain), scene.now + kDay);
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + kInstant;
  EXPECT_EQ(NextEvent(domain), scene.now + kInstant);
  domain.phase = DomainPhase::kPendingDelete;
  domain.grace.clear();
  EXPECT_EQ(NextEvent(domain), domain.phase_ends);
}

// Rows as the registry could have them, and some that it should not.
class RandomRows {
 public:
  explicit RandomRows(unsigned seed) : dice_(seed) {}

  absl::Time Instant() {
    return At("2027-01-01T00:00:00.000Z") + absl::Milliseconds(Below(int64_t{4} * 365 * 86400000));
  }
  Domain Row(const Domain& like) {
    Domain row = like;
    row.expires = Instant();
    row.phase = static_cast<DomainPhase>(Below(3));
    if (row.phase != DomainPhase::kActive) row.phase_ends = Instant();
    for (int64_t i = Below(4); i > 0; --i) {
      row.grace.push_back(
          {static_cast<GraceKind>(1 + Below(4)), Instant(), Money{Below(9)}, kGold});
    }
    return row;
  }
  int64_t Below(int64_t n) { return std::uniform_int_distribution<int64_t>(0, n - 1)(dice_); }

 private:
  std::mt19937 dice_;
};

void ExpectEqual(const Changes& a, const Changes& b) {
  ASSERT_EQ(a.domains.size(), b.domains.size());
  for (size_t i = 0; i < a.domains.size(); ++i) {
    EXPECT_EQ(a.domains[i].before, b.domains[i].before);
    EXPECT_EQ(a.domains[i].after, b.domains[i].after);
  }
  ASSERT_EQ(a.ledger.size(), b.ledger.size());
  for (size_t i = 0; i < a.ledger.size(); ++i) {
    EXPECT_EQ(a.ledger[i].amount, b.ledger[i].amount);
    EXPECT_EQ(a.ledger[i].domain_version, b.ledger[i].domain_version);
  }
  ASSERT_EQ(a.messages.size(), b.messages.size());
  for (size_t i = 0; i < a.messages.size(); ++i) {
    EXPECT_EQ(a.messages[i].queued, b.messages[i].queued);
  }
}

TEST_F(ProjectTest, ByStepsGivesWhatItGivesAtOnce) {
  RandomRows random(20260615);
  for (int round = 0; round < 3000; ++round) {
    const Domain row = random.Row(domain);
    absl::Time first = random.Instant(), second = random.Instant();
    // Every fourth time exactly at an event, which is where one off shows.
    if (round % 4 == 0) first = NextEvent(row) + kInstant * (random.Below(3) - 1);
    if (first > second) std::swap(first, second);

    const Projection at_once = Project(row, second, scene.directory);
    const Projection step = Project(row, first, scene.directory);
    Changes arrears = step.arrears;
    std::optional<Domain> by_steps;
    if (step.domain) {
      Projection rest = Project(*step.domain, second, scene.directory);
      by_steps = rest.domain;
      arrears.Append(std::move(rest.arrears));
    }
    ASSERT_EQ(by_steps, at_once.domain) << "round " << round;
    ExpectEqual(arrears, at_once.arrears);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

TEST_F(ProjectTest, ChangesARowAtItsNextEventAndNeverBefore) {
  RandomRows random(1983);
  for (int round = 0; round < 1000; ++round) {
    const Domain row = random.Row(domain);
    const absl::Time next = NextEvent(row);
    EXPECT_TRUE(Project(row, next - kInstant, scene.directory).arrears.empty());
    EXPECT_FALSE(Project(row, next, scene.directory).arrears.empty());
    const Projection settled = Project(row, next, scene.directory);
    if (settled.domain) {
      EXPECT_GT(NextEvent(*settled.domain), next);
    }
  }
}

// What ZonePartOf promises: for all but those that it leaves to Project, the row's own members are
// what the domain contributes to the zone, whenever it is asked.
TEST_F(ProjectTest, ChangesWhatIsInTheZoneOnlyWhereTheRowSaysSo) {
  RandomRows random(4035);
  scene.AddHost("ns1.example.org");
  scene.Delegate(domain, {"ns.example.net", "ns1.example.org"});
  std::vector<const Host*> hosts;
  for (const HostKey key : domain.name_servers) hosts.push_back(&scene.hosts.at(key));
  std::map<ZonePart, int> seen;
  int gone = 0;
  for (int round = 0; round < 4000; ++round) {
    Domain row = random.Row(domain);
    if (random.Below(4) == 0) {
      row.phase = DomainPhase::kPendingRestore;
      row.phase_ends = random.Instant();
      row.redemption_ends = random.Instant();
    }
    for (const Status status : {Status::kClientHold, Status::kServerHold,
                                Status::kServerUpdateProhibited, Status::kClientRenewProhibited}) {
      if (random.Below(5) == 0) row.statuses.Add(status);
    }
    if (random.Below(2) == 0) row.ttls = {600, {}};
    if (random.Below(2) == 0) row.ds = {*DsRecord::Parse("1 13 2 " + std::string(64, 'A'))};
    if (random.Below(3) == 0) row.partner_ds = {*DsRecord::Parse("2 13 2 " + std::string(64, 'B'))};
    if (random.Below(3) == 0) {
      row.transfer = Transfer{TransferState::kPending, kSilver, kGold, random.Instant(),
                              random.Instant(),        1,       {},    {}};
    }
    const absl::Time now = random.Instant();
    const Projection projection = Project(row, now, scene.directory);
    Delegation shown;
    if (projection.domain) shown = DelegationOf(*projection.domain, hosts);
    const ZonePart part = ZonePartOf(row.phase, row.statuses);
    ++seen[part];
    if (part == ZonePart::kNothing) {
      ASSERT_TRUE(shown.empty()) << "round " << round;
    } else if (part == ZonePart::kDelegation) {
      ASSERT_TRUE(projection.domain);
      ASSERT_EQ(shown, DelegationOf(row, hosts)) << "round " << round;
      ASSERT_FALSE(shown.empty());
      ASSERT_EQ(projection.domain->partner_ds, row.partner_ds);
    } else {
      gone += shown.empty() ? 1 : 0;
      ASSERT_EQ(shown.empty(), row.phase_ends <= now) << "round " << round;
    }
  }
  EXPECT_GT(seen[ZonePart::kNothing], 500);
  EXPECT_GT(seen[ZonePart::kDelegation], 500);
  EXPECT_GT(seen[ZonePart::kDependsOnTheTime], 300);
  EXPECT_GT(gone, 50);
}

}  // namespace
}  // namespace registry
