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
  ZoneCounts counts;
  counts.numbers = {5, 8, 2, 3, 1, 7};
  EXPECT_EQ(manifest->counts, counts);
  EXPECT_EQ(zone->counts, counts);
  EXPECT_LT(scene_.clock.Now() - manifest->time, absl::Hours(1));
  EXPECT_EQ(manifest->bytes, std::ssize(text));
  EXPECT_THAT(tests::RunShell("sha256sum " + file_).output, HasSubstr(manifest->sha256));
}

// Every program that may load the zone, at its strictest. "local": nothing is asked of the network.
void ExpectThatDnsSoftwareReads(const std::string& file) {
  for (const std::string checker :
       {"named-checkzone -i local -k fail -m fail -M fail -n fail -S fail -r fail org ",
        "ldns-read-zone ", "kzonecheck -o org ", "nsd-checkzone org "}) {
    const tests::Ran ran = tests::RunShell("PATH=$PATH:/usr/sbin; " + checker + file);
    EXPECT_EQ(ran.code, 0) << checker << ran.output;
  }
}

TEST_F(GenerateTest, WritesWhatOtherDnsSoftwareReads) {
  Populate();
  const auto zone = Generate();
  ASSERT_TRUE(zone.ok()) << zone.status();
  ExpectThatDnsSoftwareReads(file_);
  EXPECT_THAT(tests::RunShell("named-checkzone -i local org " + file_).output,
              HasSubstr("loaded serial " + std::to_string(zone->serial)));
  EXPECT_THAT(tests::RunShell("ldns-read-zone " + file_).output,
              HasSubstr("user-of-held.org.\t3600\tIN\tNS\tns1.held.org."));
}

// As a TLD does it: NSEC3 with opt-out, no salt, no iterations.
TEST_F(GenerateTest, WritesWhatCanBeSigned) {
  Populate();
  ASSERT_TRUE(Generate().ok());
  const std::string key = "dnssec-keygen -q -a ECDSAP256SHA256 -K " + folder_.Path("") + " ";
  ASSERT_EQ(tests::RunShell(key + "-f KSK org && " + key + "org").code, 0);
  const std::string signed_zone = folder_.Path("signed");
  const tests::Ran signing =
      tests::RunShell("dnssec-signzone -q -S -3 - -A -H 0 -O full -o org -K " + folder_.Path("") +
                      " -d " + folder_.Path("") + " -f " + signed_zone + " " + file_);
  ASSERT_EQ(signing.code, 0) << signing.output;
  for (const std::string verifier :
       {"dnssec-verify -q -o org ", "ldns-verify-zone ", "kzonecheck -o org "}) {
    const tests::Ran verified = tests::RunShell(verifier + signed_zone);
    EXPECT_EQ(verified.code, 0) << verifier << verified.output;
  }
  // And what was signed is all there, unchanged.
  const tests::Ran difference = tests::RunShell(
      tests::ProgramPath("postel-zonegen") + " diff --ignore-serial " + file_ + " " + signed_zone);
  EXPECT_EQ(difference.code, 1) << difference.output;
  EXPECT_EQ(("\n" + difference.output).find("\n- "), std::string::npos) << difference.output;
  EXPECT_THAT(difference.output, HasSubstr("\tNSEC3\t"));
}

// For third parties: the zone as it is served.
TEST_F(GenerateTest, WritesWhatCanBeExportedWhenItIsSigned) {
  Populate();
  ASSERT_TRUE(Generate().ok());
  const std::string listed = folder_.Path("listed"), exported = folder_.Path("org.txt.gz");
  const std::string program = tests::ProgramPath("postel-zonegen");
  const tests::Ran ran = tests::RunShell(
      "set -e; cd " + folder_.Path("") +
      "; dnssec-keygen -q -a ECDSAP256SHA256 -f KSK org; dnssec-keygen -q -a ECDSAP256SHA256 org; "
      "dnssec-signzone -q -S -3 - -A -H 0 -O raw -o org -f signed " +
      file_ + "; named-compilezone -q -f raw -s full -o " + listed + " org signed; " + program +
      " export " + listed + " --out " + exported + "; " + program + " diff " + listed + " " +
      exported + "; zcat " + exported + " > listed.again; ldns-verify-zone listed.again");
  EXPECT_EQ(ran.code, 0) << ran.output;
}

TEST_F(GenerateTest, HasStillAnApexWithoutDomains) {
  const auto zone = Generate();
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_EQ(zone->counts.delegations(), 0);
  ExpectThatDnsSoftwareReads(file_);
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

TEST_F(GenerateTest, RefusesAZoneThatGrewTooMuch) {
  limits_.growth.fill({50, 1});
  Create("a.org", {"ns1.example.net"});
  ASSERT_TRUE(Generate().ok());
  for (const char* name : {"b.org", "c.org", "d.org"}) Create(name, {"ns1.example.net"});
  const auto refused = Generate();
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(refused.status().message()),
              HasSubstr("delegations would grow from 1 to 4, by more than 50% and 1"));
  EXPECT_TRUE(Generate("a test").ok());
}

// What the store never writes stands for a defect of the generator: the check goes by the file.
TEST_F(GenerateTest, RefusesAZoneThatIsWrongHoweverItCameAbout) {
  Create("a.org", {"ns1.example.net"});
  Host("ns1.a.org", {IpAddress("192.0.2.1")});
  AddServers("a.org", {DomainName("ns1.a.org")});
  ASSERT_TRUE(Generate().ok());
  const std::string before = tests::ReadFile(file_);
  struct {
    const char *spoil, *mend, *found;
  } const cases[] = {
      {"UPDATE hosts SET name = 'ns_1.a.org' WHERE name = 'ns1.a.org'",
       "UPDATE hosts SET name = 'ns1.a.org' WHERE name = 'ns_1.a.org'",
       "the name server ns_1.a.org. is not a host name"},
      {"UPDATE hosts SET name = '192.0.2.1' WHERE name = 'ns1.example.net'",
       "UPDATE hosts SET name = 'ns1.example.net' WHERE name = '192.0.2.1'",
       "the name server 192.0.2.1. is not a host name"},
      {"UPDATE domains SET name = '-a.org' WHERE name = 'a.org'",
       "UPDATE domains SET name = 'a.org' WHERE name = '-a.org'", "-a is not a host name"},
  };
  for (const auto& [spoil, mend, found] : cases) {
    scene_.Query(spoil);
    const auto refused = Generate();
    EXPECT_EQ(refused.status().code(), absl::StatusCode::kFailedPrecondition) << spoil;
    EXPECT_THAT(std::string(refused.status().message()), HasSubstr(found));
    EXPECT_EQ(tests::ReadFile(file_), before);
    EXPECT_FALSE(tests::Exists(file_ + ".tmp"));
    scene_.Query(mend);
  }
  scene_.Query(cases[0].spoil);
  const auto forced = Generate("the host is being renamed");
  ASSERT_TRUE(forced.ok()) << forced.status();
  EXPECT_NE(tests::ReadFile(file_), before);
}

TEST_F(GenerateTest, KeepsTheLastZonesWithTheirManifests) {
  std::vector<std::string> zones, manifests;
  std::vector<uint32_t> serials;
  for (const char* name : {"a.org", "b.org", "c.org", "d.org"}) {
    Create(name, {"ns1.example.net"});
    ZoneOrder order = Order();
    order.keep = 2;
    const auto zone = GenerateZone(order, scene_.clock.Now());
    ASSERT_TRUE(zone.ok()) << zone.status();
    serials.push_back(zone->serial);
    zones.push_back(tests::ReadFile(file_));
    manifests.push_back(tests::ReadFile(ManifestPath(file_)));
  }
  for (size_t i = 0; i < 3; ++i) {
    const std::string kept = file_ + "." + std::to_string(serials[i]);
    EXPECT_EQ(tests::ReadFile(kept), i == 0 ? "" : zones[i]);
    EXPECT_EQ(tests::ReadFile(ManifestPath(kept)), i == 0 ? "" : manifests[i]);
  }
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
