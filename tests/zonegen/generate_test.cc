#include "zonegen/generate.h"

#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>

#include "registry/base/check.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/idn_apply.h"
#include "registry/commands/tld_apply.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/paths.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/file_lock.h"
#include "zonegen/manifest.h"

namespace zonegen {
namespace {

using registry::DomainName;
using registry::IpAddress;
using registry::ResultCode;
using registry::Status;
using registry::store::CreateHost;
using registry::store::CreateOrg;
using registry::store::StoreScene;
using testing::HasSubstr;

constexpr absl::Duration kDay = absl::Hours(24);

class GenerateTest : public testing::Test {
 protected:
  GenerateTest() {
    const std::string latin = "deploy/idn/latin.txt";
    auto table = registry::ParseIdnTable(latin, tests::ReadFile(tests::SourcePath(latin)));
    POSTEL_CHECK(table.ok());
    Expect(ResultCode::kOk,
           scene_.Code(registry::kOperator, registry::IdnApply{*std::move(table)}));
    const std::string conf = "deploy/tlds/org.conf";
    auto policy = registry::ParseTldPolicy(conf, tests::ReadFile(tests::SourcePath(conf)));
    POSTEL_CHECK(policy.ok());
    Expect(ResultCode::kOk,
           scene_.Code(registry::kOperator, registry::TldApply{*std::move(policy)}));
  }

  static void Expect(ResultCode expected, ResultCode actual) { EXPECT_EQ(expected, actual); }

  void Create(std::string_view name, std::vector<std::string> name_servers,
              std::vector<registry::DsRecord> ds = {}) {
    registry::DomainCreate create = CreateOrg(name);
    create.name_servers.clear();
    for (const std::string& server : name_servers) {
      create.name_servers.push_back(DomainName(server));
    }
    create.ds = std::move(ds);
    Expect(ResultCode::kOk, scene_.Code(scene_.gold, std::move(create)));
  }
  void Host(std::string_view name, std::vector<IpAddress> addresses) {
    Expect(ResultCode::kOk, scene_.Code(scene_.gold, CreateHost(name, std::move(addresses))));
  }
  void AddServers(std::string_view name, std::vector<DomainName> servers) {
    registry::DomainUpdate update;
    update.name = DomainName(name);
    update.add.name_servers = std::move(servers);
    Expect(ResultCode::kOk, scene_.Code(scene_.gold, std::move(update)));
  }
  void SetStatus(registry::RegistrarKey asker, std::string_view name, Status status) {
    registry::DomainUpdate update;
    update.name = DomainName(name);
    update.add.statuses.Add(status);
    Expect(ResultCode::kOk, scene_.Code(asker, std::move(update)));
  }
  void Delete(std::string_view name, ResultCode expected) {
    Expect(expected, scene_.Code(scene_.gold, registry::DomainDelete{DomainName(name)}));
  }

  // One of everything that makes a difference in a zone.
  void Populate() {
    Create("redeemed.org", {"ns1.example.net"});
    Create("abandoned.org", {"ns1.example.net"});
    scene_.SetClock(10 * kDay);
    Delete("abandoned.org", ResultCode::kOkPending);
    scene_.SetClock(43 * kDay);  // its redemption is over, whether or not a worker came by
    Delete("redeemed.org", ResultCode::kOkPending);

    auto ds = registry::DsRecord::Make(
        12345, 13, 2, "49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC0123");
    POSTEL_CHECK(ds.ok());
    Create("a.org", {"ns1.example.net"}, {*ds});
    Host("ns1.a.org", {IpAddress("192.0.2.1"), IpAddress("2001:db8::1")});
    Host("ns2.a.org", {IpAddress("192.0.2.2")});
    Host("unused.a.org", {IpAddress("192.0.2.3")});
    AddServers("a.org", {DomainName("ns1.a.org")});
    Create("a-b.org", {"ns1.example.net", "ns2.example.net"});
    Create("b.org", {"ns2.a.org", "ns1.a.org"});
    Create("held.org", {"ns1.example.net"});
    Host("ns1.held.org", {IpAddress("192.0.2.4")});
    Host("ns2.held.org", {IpAddress("192.0.2.5")});
    AddServers("held.org", {DomainName("ns1.held.org"), DomainName("ns2.held.org")});
    Create("locked.org", {"ns1.example.net"});
    Create("no-servers.org", {});
    Create("user-of-held.org", {"ns1.held.org"});
    Create("xn--bcher-kva.org", {"ns2.example.net"}, {*ds});
    SetStatus(scene_.gold, "held.org", Status::kClientHold);
    SetStatus(registry::kOperator, "locked.org", Status::kServerHold);
  }

  ZoneOrder Order() const {
    ZoneOrder order;
    order.database = scene_.database;
    order.tld = "org";
    order.file = file_;
    order.limits = limits_;
    return order;
  }
  absl::StatusOr<GeneratedZone> Generate(const std::string& force = "") {
    ZoneOrder order = Order();
    order.force = force;
    return GenerateZone(order, scene_.clock.Now());
  }

  StoreScene scene_;
  ChangeLimits limits_;
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

std::string WithoutSerial(std::string zone, uint32_t serial) {
  const std::string digits = std::to_string(serial);
  const size_t at = zone.find(digits);
  if (at != std::string::npos) zone.replace(at, digits.size(), "SERIAL");
  return zone;
}

void ExpectGolden(const std::string& name, const std::string& actual) {
  const std::string path = tests::SourcePath("tests/golden/zonegen/" + name);
  if (std::getenv("UPDATE_GOLDEN") != nullptr) tests::WriteFile(path, actual);
  EXPECT_EQ(tests::ReadFile(path), actual) << path;
}

TEST_F(GenerateTest, WritesTheZoneThatTheRegistryHolds) {
  Populate();
  const auto zone = Generate();
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_TRUE(zone->written);
  EXPECT_EQ(zone->counts.delegations(), 5);
  const std::string text = tests::ReadFile(file_);
  ExpectGolden("org.zone", WithoutSerial(text, zone->serial));

  const auto manifest = ReadManifest(file_);
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->serial, zone->serial);
  EXPECT_EQ(manifest->counts.delegations(), 5);
  EXPECT_EQ(manifest->bytes, std::ssize(text));
  EXPECT_THAT(tests::RunShell("sha256sum " + file_).output, HasSubstr(manifest->sha256));
}

TEST_F(GenerateTest, WritesWhatOtherDnsSoftwareReads) {
  Populate();
  const auto zone = Generate();
  ASSERT_TRUE(zone.ok()) << zone.status();
  // "local": nothing is asked of the network.
  const tests::Ran bind = tests::RunShell("named-checkzone -i local org " + file_);
  EXPECT_EQ(bind.code, 0) << bind.output;
  EXPECT_THAT(bind.output, HasSubstr("loaded serial " + std::to_string(zone->serial)));
  const tests::Ran ldns = tests::RunShell("ldns-read-zone " + file_);
  EXPECT_EQ(ldns.code, 0) << ldns.output;
  EXPECT_THAT(ldns.output, HasSubstr("user-of-held.org.\t3600\tIN\tNS\tns1.held.org."));
}

TEST_F(GenerateTest, HasStillAnApexWithoutDomains) {
  const auto zone = Generate();
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_EQ(zone->counts.delegations(), 0);
  const tests::Ran bind = tests::RunShell("named-checkzone -i local org " + file_);
  EXPECT_EQ(bind.code, 0) << bind.output;
}

TEST_F(GenerateTest, LeavesAZoneAloneThatWouldNotDiffer) {
  Create("a.org", {"ns1.example.net"});
  const auto first = Generate();
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string text = tests::ReadFile(file_);
  scene_.SetClock(kDay);
  const auto second = Generate();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_FALSE(second->written);
  EXPECT_EQ(second->serial, first->serial);
  EXPECT_EQ(tests::ReadFile(file_), text);
  EXPECT_FALSE(tests::Exists(file_ + ".tmp"));
}

TEST_F(GenerateTest, PublishesAZoneAgainWhoseManifestCouldNotBeWritten) {
  ASSERT_TRUE(Generate().ok());
  Create("a.org", {"ns1.example.net"});
  const std::string obstacle = ManifestPath(file_) + ".tmp";
  ASSERT_TRUE(std::filesystem::create_directory(obstacle));
  EXPECT_EQ(Generate().status().code(), absl::StatusCode::kUnavailable);
  std::filesystem::remove(obstacle);
  const auto again = Generate();
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_TRUE(again->written) << "or the name server would never hear of the change";
  const auto manifest = ReadManifest(file_);
  ASSERT_TRUE(manifest.ok()) << manifest.status();
  EXPECT_EQ(manifest->serial, again->serial);
  EXPECT_EQ(manifest->counts.delegations(), 1);
}

TEST_F(GenerateTest, GivesEveryNewZoneAHigherSerialAlsoWhenTheClockIsSetBack) {
  scene_.SetClock(30 * kDay);
  const auto first = Generate();
  ASSERT_TRUE(first.ok()) << first.status();
  scene_.SetClock(absl::ZeroDuration());
  Create("a.org", {"ns1.example.net"});
  const auto second = Generate();
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->serial, first->serial + 1);
  // Also when the zone file is lost, as long as its manifest is there.
  ASSERT_EQ(std::remove(file_.c_str()), 0);
  const auto third = Generate();
  ASSERT_TRUE(third.ok()) << third.status();
  EXPECT_TRUE(third->written);
  EXPECT_EQ(third->serial, first->serial + 2);
}

TEST_F(GenerateTest, RefusesAZoneThatShrankTooMuchUnlessForced) {
  limits_.shrink.fill({20, 1});
  for (const char* name : {"a.org", "b.org", "c.org", "d.org", "e.org"}) {
    Create(name, {"ns1.example.net"});
  }
  ASSERT_TRUE(Generate().ok());
  const std::string before = tests::ReadFile(file_);
  Delete("a.org", ResultCode::kOk);
  Delete("b.org", ResultCode::kOk);
  const auto refused = Generate();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()), HasSubstr("from 5 to 3"));
  EXPECT_EQ(tests::ReadFile(file_), before);
  const auto forced = Generate("a test");
  ASSERT_TRUE(forced.ok()) << forced.status();
  EXPECT_EQ(forced->counts.delegations(), 3);
}

TEST_F(GenerateTest, RefusesToReplaceAFileThatIsNoneOfItsOwnUnlessForced) {
  tests::WriteFile(file_, "precious\n");
  EXPECT_EQ(Generate().status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(tests::ReadFile(file_), "precious\n");
  EXPECT_TRUE(Generate("a test").ok());
}

TEST_F(GenerateTest, RefusesATldWithoutAnApexOrWithoutAPolicy) {
  registry::TldPolicy policy;
  policy.tld = "ong";
  Expect(ResultCode::kOk, scene_.Code(registry::kOperator, registry::TldApply{policy}));
  ZoneOrder order = Order();
  order.tld = "ong";
  order.force = "a test";
  const auto bare = GenerateZone(order, scene_.clock.Now());
  EXPECT_EQ(bare.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(bare.status().message()), HasSubstr("soa_mname soa_rname name_server"));
  order.tld = "nowhere";
  EXPECT_EQ(GenerateZone(order, scene_.clock.Now()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_FALSE(tests::Exists(file_));
}

TEST_F(GenerateTest, LeavesAFileAloneThatAnotherProcessWrites) {
  const auto lock = FileLock::Acquire(file_ + ".lock");
  ASSERT_TRUE(lock.ok()) << lock.status();
  EXPECT_EQ(Generate().status().code(), absl::StatusCode::kAborted);
}

TEST_F(GenerateTest, GivesUpWhenAskedTo) {
  Create("a.org", {"ns1.example.net"});
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(GenerateZone(Order(), scene_.clock.Now(), stop.get_token()).status().code(),
            absl::StatusCode::kCancelled);
  EXPECT_FALSE(tests::Exists(file_));
}

}  // namespace
}  // namespace zonegen
