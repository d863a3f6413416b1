#include "registry/store/zone_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "registry/base/text.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/tld_apply.h"
#include "registry/rules/delegation.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using testing::UnorderedElementsAreArray;

// What has been read, as text.
class Collector : public ZoneSink {
 public:
  absl::Status Take(int reader, const ZoneHostRow& host) override {
    const std::lock_guard lock(mutex);
    EXPECT_FALSE(hosts_are_complete);
    readers.insert(reader);
    std::string text(host.name);
    for (std::string_view octets : host.addresses) {
      text += Concat(" ", IpAddress::FromOctets(octets).ToString());
    }
    hosts.push_back(text);
    names[host.key] = host.name;
    return absl::OkStatus();
  }
  absl::Status HostsAreComplete() override {
    hosts_are_complete = true;
    return absl::OkStatus();
  }
  absl::Status Take(int reader, const ZoneDomainRow& domain) override {
    const std::lock_guard lock(mutex);
    EXPECT_TRUE(hosts_are_complete);
    readers.insert(reader);
    std::string text(domain.label);
    for (const HostKey key : domain.name_servers) text += Concat(" ", names.at(key));
    for (std::string_view record : domain.ds) text += Concat(" DS ", record);
    if (domain.ttls.ns) text += Concat(" TTL ", *domain.ttls.ns);
    domains.push_back(text);
    return result;
  }
  absl::Status Take(const Domain& row, const Directory& directory) override {
    EXPECT_NE(directory.Tld("org"), nullptr);
    projected.push_back(row);
    return absl::OkStatus();
  }

  std::vector<std::string> hosts, domains;
  std::vector<Domain> projected;
  std::map<HostKey, std::string> names;
  std::set<int> readers;
  bool hosts_are_complete = false;
  absl::Status result;
  std::mutex mutex;
};

class ZoneReaderTest : public testing::Test {
 protected:
  absl::Status Scan(std::string tld, int connections = 2, int64_t pages_at_once = 0) {
    return ScanZone({.database = scene.database,
                     .tld = std::move(tld),
                     .connections = connections,
                     .pages_at_once = pages_at_once},
                    *found);
  }
  StoreScene scene;
  std::optional<Collector> found{std::in_place};
};

TEST_F(ZoneReaderTest, GivesAllHostsAndThenTheDomainsOfOneTld) {
  for (const char* name : {"b.org", "a-1.org", "a.org"}) scene.Run(scene.gold, CreateOrg(name));
  scene.Run(scene.gold, CreateNgo("x.ngo"));
  scene.Run(scene.gold, CreateHost("ns.a.org", {IpAddress("192.0.2.1"), IpAddress("2001:db8::1")}));
  ASSERT_TRUE(Scan("org").ok());
  EXPECT_THAT(found->hosts, UnorderedElementsAre("ns1.example.net", "ns2.example.net",
                                                 "ns.a.org 192.0.2.1 2001:db8::1"));
  EXPECT_THAT(found->domains, UnorderedElementsAre("a ns1.example.net ns2.example.net",
                                                   "a-1 ns1.example.net ns2.example.net",
                                                   "b ns1.example.net ns2.example.net"));
  EXPECT_THAT(found->projected, IsEmpty());
  EXPECT_THAT(found->readers, ElementsAre(0)) << "one connection is enough for so little";

  found.emplace();
  ASSERT_TRUE(Scan("com").ok());
  EXPECT_THAT(found->domains, IsEmpty());
}

TEST_F(ZoneReaderTest, LeavesToProjectionWhatDependsOnTheTimeAndOutWhatIsNeverThere) {
  for (const char* name : {"plain", "held", "locked", "redeemed", "dying", "restored"}) {
    scene.Run(scene.gold, CreateOrg(Concat(std::string_view(name), ".org")));
  }
  const StatusSet held = {Status::kClientHold, Status::kClientRenewProhibited};
  const StatusSet locked = {Status::kServerHold};
  scene.Query(Concat("UPDATE domains SET statuses = ", held.bits(), " WHERE name = 'held.org'"));
  scene.Query(
      Concat("UPDATE domains SET statuses = ", locked.bits(), " WHERE name = 'locked.org'"));
  scene.Query("UPDATE domains SET phase = 1, phase_ends = now() WHERE name = 'redeemed.org'");
  scene.Query("UPDATE domains SET phase = 2, phase_ends = now() WHERE name = 'dying.org'");
  scene.Query(
      "UPDATE domains SET phase = 3, phase_ends = now(), redemption_ends = now() "
      "WHERE name = 'restored.org'");
  ASSERT_TRUE(Scan("org").ok());
  EXPECT_THAT(found->domains, ElementsAre("plain ns1.example.net ns2.example.net"));
  ASSERT_THAT(found->projected, SizeIs(1));
  const Domain& restored = found->projected.front();
  EXPECT_EQ(restored.name, DomainName("restored.org"));
  EXPECT_EQ(restored.phase, DomainPhase::kPendingRestore);
  EXPECT_THAT(restored.name_servers, SizeIs(2));
  EXPECT_FALSE(restored.auth.is_set());
  EXPECT_THAT(restored.contacts, IsEmpty());
}

TEST_F(ZoneReaderTest, ShowsTheDomainsOfABundleUnderTheirSecondNames) {
  TldPolicy policy;
  policy.tld = "ong";
  policy.bundle_of = "ngo";
  ASSERT_EQ(scene.Code(kOperator, TldApply{policy}), ResultCode::kOk);
  for (const char* name : {"x.ngo", "y.ngo"}) {
    DomainCreate create = CreateNgo(name);
    create.name_servers = {DomainName("ns1.example.net")};
    ASSERT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  }
  const std::string ds = "1 13 2 " + std::string(64, 'A'), other = "2 13 2 " + std::string(64, 'B');
  scene.Query(Concat("UPDATE domains SET ds = '{\"", other, "\"}', partner_ds = '", ds, ";", other,
                     "', ttls = '600 -' WHERE name = 'x.ngo'"));
  scene.Query(
      Concat("UPDATE domains SET phase = 3, phase_ends = now(), redemption_ends = now(), "
             "partner_ds = '",
             ds, "' WHERE name = 'y.ngo'"));
  ASSERT_TRUE(Scan("ong").ok());
  EXPECT_THAT(found->domains, ElementsAre("x ns1.example.net DS " + ds + " DS " + other))
      << "and no TTL, since the policy of ong lets nobody choose";
  ASSERT_THAT(found->projected, SizeIs(1));
  EXPECT_EQ(found->projected.front().name, DomainName("y.ong"));
  EXPECT_THAT(found->projected.front().ds, SizeIs(1));

  found.emplace();
  ASSERT_TRUE(Scan("ngo").ok());
  EXPECT_THAT(found->domains, ElementsAre("x ns1.example.net DS " + other));
}

// From no name server to thirteen, with up to three DS records.
TEST_F(ZoneReaderTest, GivesAsManyNameServersAndDsRecordsAsThereAre) {
  std::vector<std::string> servers, wanted;
  for (int i = 1; i <= 13; ++i) {
    servers.push_back(Concat("ns", i, i < 10 ? "a" : "b", ".example.com"));
    scene.Run(scene.gold, CreateHost(servers.back()));
  }
  for (const size_t count : {0, 1, 2, 5, 6, 7, 13}) {
    for (const int records : {0, 1, 2, 3}) {
      const std::string label = Concat("d", count, "-", records);
      DomainCreate create = CreateOrg(Concat(label, ".org"));
      create.name_servers.clear();
      std::string expected = label;
      for (size_t i = 0; i < count; ++i) {
        create.name_servers.emplace_back(servers[i]);
        expected += Concat(" ", servers[i]);
      }
      scene.Run(scene.gold, create);
      std::string array;
      for (int i = 1; i <= records; ++i) {
        const std::string ds = Concat(i, " 13 2 ", std::string(64, 'A'));
        array += Concat(i == 1 ? "\"" : ",\"", ds, "\"");
        expected += Concat(" DS ", ds);
      }
      scene.Query(Concat("UPDATE domains SET ds = '{", array, "}' WHERE name = '", label, ".org'"));
      wanted.push_back(expected);
    }
  }
  ASSERT_TRUE(Scan("org").ok());
  EXPECT_THAT(found->domains, UnorderedElementsAreArray(wanted));
}

TEST_F(ZoneReaderTest, TheOneColumnFollowsTheOthers) {
  scene.Run(scene.gold, CreateOrg("a.org"));
  const auto line = [&] { return scene.Query("SELECT zone_line FROM domains"); };
  const std::string keys = scene.Query("SELECT array_to_string(name_servers, ' ') FROM domains");
  EXPECT_EQ(line(), "a.org|" + keys);
  scene.Query("UPDATE domains SET ttls = '600 -'");
  EXPECT_EQ(line(), "a.org|" + keys + "|||600 -");
  scene.Query("UPDATE domains SET ds = '{x,y}', partner_ds = 'z;z'");
  EXPECT_EQ(line(), "a.org|" + keys + "|x;y|z;z|600 -");
  scene.Query("UPDATE domains SET name_servers = '{}'");
  EXPECT_EQ(line(), "a.org||x;y|z;z|600 -");
  scene.Query("UPDATE domains SET ds = '{}', partner_ds = NULL, ttls = NULL, name = 'b.org'");
  EXPECT_EQ(line(), "b.org|");
}

// Every row once, whatever is written meanwhile, over however many connections.
TEST_F(ZoneReaderTest, SeesOneMomentOverAllConnections) {
  scene.Run(scene.gold, CreateOrg("pattern.org"));
  const std::string columns =
      "sponsor, creator, updater, created, expires, statuses, contacts, contact_roles, "
      "name_servers, ds, phase, grace, version";
  scene.Query(Concat("INSERT INTO domains (id, name, ", columns, ") SELECT n, 'd' || n || '.org', ",
                     columns,
                     " FROM domains, generate_series(1, 5000) n WHERE name = 'pattern.org'"));
  for (const int connections : {1, 3}) {
    found.emplace();
    int64_t last = 0, all = 0;
    bool changed = false;
    const ZoneScan scan{.database = scene.database,
                        .tld = "org",
                        .connections = connections,
                        .progress =
                            [&](int64_t done, int64_t of) {
                              if (!changed) {
                                // The hosts are being read: the moment is fixed.
                                changed = true;
                                scene.Query("UPDATE domains SET statuses = 0, name = 'n' || name");
                                scene.Query("DELETE FROM domains WHERE id % 3 = 0");
                              }
                              EXPECT_GT(done, last);
                              last = done;
                              all = of;
                            },
                        .pages_at_once = 1};
    scene.Query("UPDATE domains SET name = ltrim(name, 'n')");
    const std::string before = scene.Query("SELECT count(*) FROM domains");
    ASSERT_TRUE(ScanZone(scan, *found).ok());
    std::set<std::string> names(found->domains.begin(), found->domains.end());
    EXPECT_EQ(std::to_string(names.size()), before);
    EXPECT_EQ(names.size(), found->domains.size());
    for (const std::string& name : names) EXPECT_NE(name.front(), 'n');
    EXPECT_EQ(last, all);
    if (connections == 1) {
      EXPECT_THAT(found->readers, ElementsAre(0));
    }
  }
}

TEST_F(ZoneReaderTest, EndsWhenTheSinkHasSeenEnough) {
  for (const char* name : {"a.org", "b.org"}) scene.Run(scene.gold, CreateOrg(name));
  found->result = absl::DataLossError("enough");
  EXPECT_EQ(Scan("org", 2, 1).code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(found->domains, SizeIs(1));
}

TEST_F(ZoneReaderTest, EndsWhenAskedToAndTakesNothingButATld) {
  scene.Run(scene.gold, CreateOrg("a.org"));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(absl::IsCancelled(
      ScanZone({.database = scene.database, .tld = "org", .stop = stop.get_token()}, *found)));
  EXPECT_TRUE(absl::IsInvalidArgument(Scan("o'rg")));
  EXPECT_TRUE(absl::IsInvalidArgument(Scan("")));
}

}  // namespace
}  // namespace registry::store
