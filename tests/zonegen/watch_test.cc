#include "zonegen/watch.h"

#include <gmock/gmock.h>

#include <chrono>
#include <functional>
#include <thread>

#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_restore_request.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_update.h"
#include "registry/commands/tld_apply.h"
#include "registry/net/metrics.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/temporary_folder.h"

namespace zonegen {
namespace {

using registry::DomainName;
using registry::IpAddress;
using registry::ResultCode;
using registry::store::CreateHost;
using registry::store::CreateNgo;
using registry::store::CreateOrg;
using testing::HasSubstr;
using testing::Not;

class WatchTest : public testing::Test {
 protected:
  Config MakeConfig() {
    Config config;
    config.database = scene_.database;
    config.directory = folder_.Path("zones");
    config.reload_command = {"sh", "-c", "echo {tld} >> " + reloads_};
    return config;
  }
  void Start(Config config) {
    watch_ = std::make_unique<Watch>(std::move(config), scene_.clock, watch_metrics_);
  }
  std::string Zone(std::string_view tld) {
    return tests::ReadFile(folder_.Path("zones/" + std::string(tld) + ".zone"));
  }
  // What the name server was told so far; then forgotten.
  std::string TakeReloads() {
    const std::string reloads = tests::ReadFile(reloads_);
    tests::WriteFile(reloads_, "");
    return reloads;
  }
  // Entries of the feed can be read when every transaction that runs now has ended; those of other
  // tests may take a moment.
  void RoundsUntil(const std::function<bool()>& done) {
    for (int i = 0; i < 500 && !done(); ++i) {
      watch_->Round();
      if (!done()) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_TRUE(done());
  }
  double Generated(const std::string& tld) {
    for (const auto& family : metrics_.registry().Collect()) {
      if (family.name != "postel_zones_generated_total") continue;
      for (const auto& metric : family.metric) {
        if (metric.label.front().value == tld) return metric.counter.value;
      }
    }
    return 0;
  }
  void Expect(ResultCode expected, ResultCode actual) { EXPECT_EQ(expected, actual); }

  registry::store::StoreScene scene_;
  const tests::TemporaryFolder folder_;
  const std::string reloads_ = folder_.Path("reloads");
  registry::net::Metrics metrics_{"test", "0"};
  WatchMetrics watch_metrics_{metrics_};
  std::unique_ptr<Watch> watch_;
};

TEST_F(WatchTest, BeginsWithAllZones) {
  Start(MakeConfig());
  watch_->Round();
  EXPECT_THAT(Zone("org"), HasSubstr("$ORIGIN org.\n"));
  EXPECT_THAT(Zone("ngo"), HasSubstr("$ORIGIN ngo.\n"));
  EXPECT_EQ(TakeReloads(), "ngo\norg\n");
}

TEST_F(WatchTest, MakesOnlyTheZonesThatItWasToldTo) {
  Config config = MakeConfig();
  config.tlds = {"ngo"};
  Start(std::move(config));
  watch_->Round();
  EXPECT_EQ(TakeReloads(), "ngo\n");
  EXPECT_EQ(Zone("org"), "");
}

TEST_F(WatchTest, FollowsTheRegistryAndTellsTheNameServer) {
  Start(MakeConfig());
  watch_->Round();
  TakeReloads();
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("new.org")));
  RoundsUntil([&] { return Zone("org").find("new\t") != std::string::npos; });
  EXPECT_EQ(TakeReloads(), "org\n");
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, registry::DomainDelete{DomainName("new.org")}));
  RoundsUntil([&] { return Zone("org").find("new\t") == std::string::npos; });
  EXPECT_EQ(TakeReloads(), "org\n");
}

TEST_F(WatchTest, LeavesAZoneAloneWhoseChangeIsNotInTheDns) {
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("a.org")));
  Start(MakeConfig());
  watch_->Round();
  TakeReloads();
  const std::string before = Zone("org");
  const double generated = Generated("org");
  registry::DomainUpdate update;
  update.name = DomainName("a.org");
  update.add.statuses.Add(registry::Status::kClientTransferProhibited);
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, update));
  RoundsUntil([&] { return Generated("org") > generated; });
  EXPECT_EQ(Zone("org"), before);
  EXPECT_EQ(TakeReloads(), "");
  EXPECT_EQ(Generated("ngo"), 1);
}

TEST_F(WatchTest, FollowsTheHostsThatAZoneUses) {
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("a.org")));
  Expect(ResultCode::kOk,
         scene_.Code(scene_.gold, CreateHost("ns.a.org", {IpAddress("192.0.2.1")})));
  Expect(ResultCode::kOk,
         scene_.Code(scene_.gold, CreateHost("unused.a.org", {IpAddress("192.0.2.9")})));
  registry::DomainCreate ngo = CreateNgo("b.ngo");
  ngo.name_servers = {DomainName("ns.a.org")};
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, ngo));
  Start(MakeConfig());
  watch_->Round();
  TakeReloads();

  registry::HostUpdate unused;
  unused.name = DomainName("unused.a.org");
  unused.add.addresses = {IpAddress("192.0.2.10")};
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, unused));
  registry::HostUpdate rename;
  rename.name = DomainName("ns.a.org");
  rename.new_name = DomainName("dns.a.org");
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, rename));
  RoundsUntil([&] { return Zone("ngo").find("dns.a.org.") != std::string::npos; });
  EXPECT_EQ(TakeReloads(), "ngo\n");
  EXPECT_EQ(Generated("org"), 1) << "no delegation of org uses the hosts that changed";
}

TEST_F(WatchTest, TakesInTldsThatAreNewOrChanged) {
  Start(MakeConfig());
  watch_->Round();
  TakeReloads();
  registry::TldPolicy policy;
  policy.tld = "ong";
  policy.soa_mname = "ns.nic.ong";
  policy.soa_rname = "hostmaster.nic.ong";
  policy.name_servers = {"ns.nic.ong"};
  Expect(ResultCode::kOk, scene_.Code(registry::kOperator, registry::TldApply{policy}));
  RoundsUntil([&] { return !Zone("ong").empty(); });
  policy.name_servers.push_back("ns.example.net");
  Expect(ResultCode::kOk, scene_.Code(registry::kOperator, registry::TldApply{policy}));
  RoundsUntil([&] { return Zone("ong").find("ns.example.net.") != std::string::npos; });
  EXPECT_EQ(TakeReloads(), "ong\nong\n");
}

TEST_F(WatchTest, LooksAgainWhenTheClockHasDoneSomethingThoughNoWorkerWroteIt) {
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("a.org")));
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("restored.org")));
  scene_.SetClock(absl::Hours(24 * 6));  // the add grace period is over
  Expect(ResultCode::kOkPending,
         scene_.Code(scene_.gold, registry::DomainDelete{DomainName("restored.org")}));
  Expect(ResultCode::kOk,
         scene_.Code(scene_.gold, registry::DomainRestoreRequest{DomainName("restored.org")}));
  Start(MakeConfig());
  RoundsUntil([&] { return Zone("org").find("restored\t") != std::string::npos; });
  RoundsUntil([&] {
    const double before = Generated("org");
    watch_->Round();
    return Generated("org") == before;
  });
  const double generated = Generated("org"), of_ngo = Generated("ngo");
  scene_.SetClock(absl::Hours(24 * 14));  // no report has come
  watch_->Round();
  EXPECT_EQ(Generated("org"), generated + 1);
  EXPECT_EQ(Generated("ngo"), of_ngo);
  EXPECT_THAT(Zone("org"), Not(HasSubstr("restored\t")));
  watch_->Round();
  EXPECT_EQ(Generated("org"), generated + 1) << "once";
  scene_.SetClock(absl::Hours(24 * 400));  // all have expired and are renewed: nobody sees that
  watch_->Round();
  EXPECT_EQ(Generated("org"), generated + 1);
}

TEST_F(WatchTest, TellsTheNameServerAgainUntilItHasUnderstood) {
  Config config = MakeConfig();
  config.tlds = {"org"};
  config.reload_command = {"sh", "-c",
                           "test -e " + folder_.Path("up") + " && echo {tld} >> " + reloads_};
  Start(std::move(config));
  watch_->Round();
  watch_->Round();
  EXPECT_EQ(TakeReloads(), "");
  tests::WriteFile(folder_.Path("up"), "");
  watch_->Round();
  watch_->Round();
  EXPECT_EQ(TakeReloads(), "org\n");
}

TEST_F(WatchTest, MakesAllZonesAgainWhenAskedTo) {
  Start(MakeConfig());
  watch_->Round();
  TakeReloads();
  ASSERT_EQ(std::remove(folder_.Path("zones/org.zone").c_str()), 0);
  watch_->Refresh();
  watch_->Round();
  EXPECT_THAT(Zone("org"), HasSubstr("$ORIGIN org.\n"));
  EXPECT_EQ(TakeReloads(), "ngo\norg\n");
}

TEST_F(WatchTest, StartsAnewWhenTheFeedHasForgottenIt) {
  Config config = MakeConfig();
  config.tlds = {"org"};
  Start(std::move(config));
  watch_->Round();
  scene_.Query("DELETE FROM feed_readers");
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg("a.org")));
  RoundsUntil([&] { return Zone("org").find("a\t") != std::string::npos; });
}

TEST_F(WatchTest, KeepsTheZoneInUseWhenTheNewOneIsRefused) {
  for (const char* name : {"a.org", "b.org", "c.org"}) {
    Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateOrg(name)));
  }
  Config config = MakeConfig();
  config.tlds = {"org"};
  config.limits.shrink.fill({10, 0});
  Start(std::move(config));
  watch_->Round();
  TakeReloads();
  const std::string before = Zone("org");
  Expect(ResultCode::kOk, scene_.Code(scene_.gold, registry::DomainDelete{DomainName("a.org")}));
  const auto refused = [&] {
    for (const auto& family : metrics_.registry().Collect()) {
      if (family.name == "postel_zones_failed_total") return true;
    }
    return false;
  };
  RoundsUntil(refused);
  EXPECT_EQ(Zone("org"), before);
  EXPECT_EQ(TakeReloads(), "");
}

}  // namespace
}  // namespace zonegen
