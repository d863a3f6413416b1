#include "registry/store/cds_scans.h"

#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "registry/commands/domain_update.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;

constexpr absl::Duration kHour = absl::Hours(1);

class CdsScansTest : public testing::Test {
 protected:
  DomainKey Create(const std::string& name, bool secure) {
    EXPECT_EQ(scene.Code(scene.gold, CreateOrg(name)), ResultCode::kOk);
    if (secure) {
      DomainUpdate update;
      update.name = DomainName(name);
      update.add.ds = {{1, 13, 2, std::string(32, 'x')}};
      EXPECT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
    }
    return DomainKey{scene.Number("SELECT id FROM domains WHERE name = '" + name + "'")};
  }
  static std::vector<std::string> NamesOf(const absl::StatusOr<CdsBatch>& batch) {
    EXPECT_TRUE(batch.ok()) << batch.status();
    std::vector<std::string> names;
    for (const Domain& domain : batch->domains) names.push_back(domain.name.text());
    return names;
  }
  CdsScan Scan(const std::string& name, DomainKey domain, absl::Time at) {
    return {DomainName(name), domain, at, at, "waiting", "", "", "1 13 2 AB"};
  }
  CdsScan Read(const std::string& name) {
    const auto scan = ReadCdsScan(scene.database, DomainName(name));
    EXPECT_TRUE(scan.ok() && *scan) << scan.status();
    return scan.ok() && *scan ? **scan : CdsScan();
  }

  StoreScene scene;
  CdsScans scans{scene.database};
  const absl::Time now = absl::FromUnixSeconds(1'800'000'000);
};

TEST_F(CdsScansTest, LetsOneProcessScan) {
  CdsScans other(scene.database);
  {
    CdsScans first(scene.database);
    EXPECT_TRUE(*first.Claim());
    EXPECT_TRUE(*first.Claim()) << "asked again with each step";
    EXPECT_FALSE(*other.Claim());
  }
  for (int i = 0; i < 100 && !*other.Claim(); ++i) absl::SleepFor(absl::Milliseconds(50));
  EXPECT_TRUE(*other.Claim()) << "the first one is gone";
}

TEST_F(CdsScansTest, GivesDelegationsByKey) {
  const DomainKey a = Create("a.org", true);
  Create("b.org", false);
  Create("c.org", true);
  EXPECT_EQ(scene.Code(scene.gold, CreateNgo("d.ngo")), ResultCode::kOk) << "without name servers";
  EXPECT_THAT(NamesOf(scans.Next(0, 10, false)), ElementsAre("a.org", "c.org"));
  EXPECT_THAT(NamesOf(scans.Next(0, 10, true)), ElementsAre("a.org", "b.org", "c.org"));
  EXPECT_THAT(NamesOf(scans.Next(0, 2, true)), ElementsAre("a.org", "b.org"));
  EXPECT_THAT(NamesOf(scans.Next(Number(a), 10, true)), ElementsAre("b.org", "c.org"));
  const auto batch = scans.Next(0, 1, false);
  ASSERT_TRUE(batch.ok()) << batch.status();
  EXPECT_THAT(batch->domains.front().ds, SizeIs(1));
  std::vector<std::string> hosts;
  for (const HostKey key : batch->domains.front().name_servers) {
    hosts.push_back(batch->hosts.at(key).name.text());
  }
  EXPECT_THAT(hosts, UnorderedElementsAre("ns1.example.net", "ns2.example.net"));
}

TEST_F(CdsScansTest, RemembersWhereThePassIs) {
  EXPECT_EQ(*scans.LastPass(), std::nullopt);
  ASSERT_TRUE(scans.BeginPass(now).ok());
  ASSERT_TRUE(scans.AdvancePass(4711).ok());
  auto pass = **scans.LastPass();
  EXPECT_EQ(pass.started, now);
  EXPECT_EQ(pass.finished, std::nullopt);
  EXPECT_EQ(pass.after, 4711);
  ASSERT_TRUE(scans.FinishPass(now + kHour).ok());
  EXPECT_EQ((**scans.LastPass()).finished, now + kHour);
  ASSERT_TRUE(scans.BeginPass(now + 2 * kHour).ok());
  pass = **ReadCdsPass(scene.database);
  EXPECT_EQ(pass.finished, std::nullopt);
  EXPECT_EQ(pass.after, 0);
}

TEST_F(CdsScansTest, KnowsSinceWhenItIsSo) {
  const DomainKey key = Create("a.org", true);
  ASSERT_TRUE(scans.Keep({Scan("a.org", key, now)}, {}).ok());
  CdsScan scan = Scan("a.org", key, now + kHour);
  scan.about = "somebody else";
  ASSERT_TRUE(scans.Keep({scan}, {}).ok());
  EXPECT_EQ(Read("a.org").since, now);
  EXPECT_EQ(Read("a.org").at, now + kHour);
  EXPECT_EQ(Read("a.org").about, "somebody else");
  const auto batch = scans.Next(0, 10, false);
  EXPECT_EQ(batch->scans.at("a.org").since, now);

  absl::Time later = now + 2 * kHour;
  for (const auto& change : std::initializer_list<void (*)(CdsScan&)>{
           [](CdsScan& s) { s.wish = "2 13 2 AB"; }, [](CdsScan& s) { s.result = "refused"; },
           [](CdsScan& s) { s.problem = "silent"; }, [](CdsScan& s) { s.domain = DomainKey{7}; }}) {
    change(scan);
    scan.at = later;
    ASSERT_TRUE(scans.Keep({scan}, {}).ok());
    EXPECT_EQ(Read("a.org").since, later);
    later += kHour;
  }
}

TEST_F(CdsScansTest, ForgetsWhatIsNoLongerSo) {
  const DomainKey a = Create("a.org", true), b = Create("b.org", true);
  ASSERT_TRUE(scans.Keep({Scan("a.org", a, now), Scan("b.org", b, now)}, {}).ok());
  ASSERT_TRUE(scans.Keep({}, {"a.org", "nobody.org"}).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM cds_scans"), 1);
  ASSERT_TRUE(scans.BeginPass(now + kHour).ok());
  ASSERT_TRUE(scans.FinishPass(now + 2 * kHour).ok());
  EXPECT_EQ(scene.Number("SELECT count(*) FROM cds_scans"), 0) << "nobody came by it in this pass";
}

TEST_F(CdsScansTest, TakesRequestsOfTheOperator) {
  Create("a.org", false);
  for (const char* name : {"b.org", "a.org", "a.org"}) {
    ASSERT_TRUE(RequestCdsScan(scene.database, DomainName(name), now).ok());
  }
  auto requests = scans.Requested(10);
  ASSERT_TRUE(requests.ok()) << requests.status();
  EXPECT_THAT(requests->names, ElementsAre("a.org", "b.org"));
  ASSERT_THAT(requests->batch.domains, SizeIs(1)) << "the other one does not exist";
  ASSERT_TRUE(scans.RemoveRequests(requests->names).ok());
  EXPECT_THAT(scans.Requested(10)->names, IsEmpty());
}

}  // namespace
}  // namespace registry::store
