#include "zonegen/zone_builder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "registry/model/directory.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Domain;
using registry::DomainName;
using registry::Host;
using registry::HostKey;
using registry::Status;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

// A registry with one TLD, by hand.
class ZoneBuilderTest : public testing::Test {
 protected:
  ZoneBuilderTest() {
    policy_.tld = "org";
    policy_.soa_mname = "ns1.nic.org";
    policy_.soa_rname = "hostmaster.nic.org";
    policy_.name_servers = {"ns1.nic.org"};
    policy_.static_records = {"ns1.nic 86400 IN A 127.0.0.1"};
    AddHost(1, "ns.example.net", {});
  }

  void AddHost(int64_t key, std::string_view name, std::vector<std::string> addresses) {
    Host host;
    host.key = HostKey{key};
    host.name = DomainName(name);
    for (const std::string& address : addresses) {
      host.addresses.push_back(registry::IpAddress(address));
    }
    snapshot_.hosts[host.key] = host;
  }

  Domain& AddDomain(std::string_view name, std::vector<int64_t> hosts = {1}) {
    Domain domain;
    domain.key = registry::DomainKey{std::ssize(domains_) + 100};
    domain.name = DomainName(name);
    domain.sponsor = registry::RegistrarKey{1};
    domain.created = kNow - absl::Hours(24 * 100);
    domain.expires = kNow + absl::Hours(24 * 265);
    for (int64_t host : hosts) domain.name_servers.push_back(HostKey{host});
    domains_.push_back(std::move(domain));
    return domains_.back();
  }

  // The zone without the lines of the apex. `text_order`: as a database sorts names.
  std::string Build(bool text_order = true, absl::Time now = kNow) {
    auto directory = std::make_shared<registry::Directory>();
    directory->Add(policy_);
    snapshot_.directory = directory;
    std::sort(domains_.begin(), domains_.end(), [&](const Domain& a, const Domain& b) {
      return text_order ? a.name < b.name : CanonicalLess(a.name.text(), b.name.text());
    });
    auto spool = Spool::Create(file_);
    EXPECT_TRUE(spool.ok()) << spool.status();
    ZoneBuilder builder(policy_, now, *std::move(spool));
    for (const Domain& domain : domains_) {
      const absl::Status status = builder.Add(domain, snapshot_);
      if (!status.ok()) return status.ToString();
    }
    EXPECT_TRUE(builder.Finish().ok());
    auto out = OutputFile::Create(file_);
    EXPECT_TRUE(out.ok()) << out.status();
    EXPECT_TRUE(builder.Write(1, **out).ok());
    EXPECT_TRUE((*out)->Publish().ok());
    delegations_ = builder.delegations();
    next_event_ = builder.next_event();
    hosts_ = builder.TakeHosts();
    const std::string zone = tests::ReadFile(file_);
    const ZoneText text(policy_);
    const std::string apex = text.Head(1) + text.Apex();
    EXPECT_TRUE(zone.starts_with(apex)) << zone;
    return zone.substr(std::min(apex.size(), zone.size()));
  }

  registry::TldPolicy policy_;
  registry::store::ZoneSnapshot snapshot_;
  std::vector<Domain> domains_;
  int64_t delegations_ = 0;
  absl::Time next_event_;
  absl::flat_hash_set<HostKey> hosts_;
  const tests::TemporaryFolder folder_;
  const std::string file_ = folder_.Path("org.zone");
};

TEST_F(ZoneBuilderTest, MakesAnEmptyZone) {
  EXPECT_EQ(Build(), "");
  EXPECT_EQ(delegations_, 0);
  EXPECT_EQ(next_event_, absl::InfiniteFuture());
}

TEST_F(ZoneBuilderTest, PutsNamesInCanonicalOrderHoweverTheyCome) {
  for (const char* name : {"a.org", "a-b.org", "a-b-c.org", "a-b0.org", "a-c.org", "a0.org",
                           "aa.org", "b-1.org", "c.org", "xn--p1ai.org", "xn.org"}) {
    AddDomain(name);
  }
  std::string expected;
  for (const char* label :
       {"a", "a-b", "a-b-c", "a-b0", "a-c", "a0", "aa", "b-1", "c", "xn", "xn--p1ai"}) {
    expected += std::string(label) + "\t3600\tIN\tNS\tns.example.net.\n";
  }
  EXPECT_EQ(Build(true), expected);
  EXPECT_EQ(Build(false), expected);
  EXPECT_EQ(delegations_, 11);
}

TEST_F(ZoneBuilderTest, PutsGlueAtItsOwnPlaceOnce) {
  AddHost(2, "ns1.b.org", {"192.0.2.2", "2001:db8::2"});
  AddHost(3, "b.org", {"192.0.2.3"});
  AddHost(4, "ns.a-x.org", {"192.0.2.4"});
  AddHost(5, "ns.zz.org", {"192.0.2.5"});
  AddHost(6, "ns.a.org", {"192.0.2.6"});
  AddHost(7, "ns.dns.b.org", {"192.0.2.7"});
  AddDomain("a.org", {2, 5});
  AddDomain("b.org", {2, 3, 7});
  AddDomain("c.org", {2, 4, 6});
  AddDomain("a-x.org", {1});
  const std::string expected =
      "a\t3600\tIN\tNS\tns.zz.org.\n"
      "a\t3600\tIN\tNS\tns1.b.org.\n"
      "ns.a\t3600\tIN\tA\t192.0.2.6\n"
      "a-x\t3600\tIN\tNS\tns.example.net.\n"
      "ns.a-x\t3600\tIN\tA\t192.0.2.4\n"
      "b\t3600\tIN\tNS\tb.org.\n"
      "b\t3600\tIN\tNS\tns.dns.b.org.\n"
      "b\t3600\tIN\tNS\tns1.b.org.\n"
      "b\t3600\tIN\tA\t192.0.2.3\n"
      "ns.dns.b\t3600\tIN\tA\t192.0.2.7\n"
      "ns1.b\t3600\tIN\tA\t192.0.2.2\n"
      "ns1.b\t3600\tIN\tAAAA\t2001:db8::2\n"
      "c\t3600\tIN\tNS\tns.a-x.org.\n"
      "c\t3600\tIN\tNS\tns.a.org.\n"
      "c\t3600\tIN\tNS\tns1.b.org.\n"
      "ns.zz\t3600\tIN\tA\t192.0.2.5\n";
  EXPECT_EQ(Build(true), expected);
  EXPECT_EQ(Build(false), expected);
}

TEST_F(ZoneBuilderTest, LeavesOutWhatIsNotInTheZone) {
  AddDomain("client-hold.org").statuses = {Status::kClientHold};
  AddDomain("server-hold.org").statuses = {Status::kServerHold};
  AddDomain("no-servers.org", {});
  Domain& redemption = AddDomain("redemption.org");
  redemption.phase = registry::DomainPhase::kRedemption;
  redemption.phase_ends = kNow + absl::Hours(1);
  Domain& pending = AddDomain("pending.org");
  pending.phase = registry::DomainPhase::kPendingDelete;
  pending.phase_ends = kNow + absl::Hours(1);
  AddDomain("kept.org");
  EXPECT_EQ(Build(), "kept\t3600\tIN\tNS\tns.example.net.\n");
  EXPECT_EQ(delegations_, 1);
  EXPECT_EQ(next_event_, kNow + absl::Hours(1));
}

TEST_F(ZoneBuilderTest, ShowsDomainsAsTheyAreNowAndNotAsTheirRowsSay) {
  AddDomain("expired.org").expires = kNow - absl::Hours(1);  // renewed by the clock
  Domain& purged = AddDomain("purged.org");
  purged.phase = registry::DomainPhase::kPendingDelete;
  purged.phase_ends = kNow - absl::Hours(1);
  EXPECT_EQ(Build(), "expired\t3600\tIN\tNS\tns.example.net.\n");
  EXPECT_GT(next_event_, kNow);
}

TEST_F(ZoneBuilderTest, KeepsGlueOfAHostBelowAHeldDomainAsLongAsAnotherUsesIt) {
  AddHost(2, "ns1.held.org", {"192.0.2.2"});
  AddHost(3, "ns2.held.org", {"192.0.2.3"});
  AddDomain("held.org", {2, 3}).statuses = {Status::kServerHold};
  AddDomain("user.org", {2});
  EXPECT_EQ(Build(),
            "ns1.held\t3600\tIN\tA\t192.0.2.2\n"
            "user\t3600\tIN\tNS\tns1.held.org.\n");
}

TEST_F(ZoneBuilderTest, HasNoGlueForHostsOfOtherTldsOrWithoutAUser) {
  AddHost(2, "ns1.other.ngo", {"192.0.2.2"});
  AddHost(3, "unused.a.org", {"192.0.2.3"});
  AddDomain("a.org", {2});
  EXPECT_EQ(Build(), "a\t3600\tIN\tNS\tns1.other.ngo.\n");
}

TEST_F(ZoneBuilderTest, LetsThePolicysRecordsStandForGlue) {
  AddHost(2, "ns1.nic.org", {"192.0.2.2"});
  AddDomain("a.org", {2});
  EXPECT_EQ(Build(), "a\t3600\tIN\tNS\tns1.nic.org.\n");
}

TEST_F(ZoneBuilderTest, TellsWhoseChangeWouldChangeIt) {
  AddHost(2, "ns1.a.org", {"192.0.2.2"});
  AddHost(3, "ns2.a.org", {"192.0.2.3"});
  AddDomain("a.org", {1, 2});
  AddDomain("held.org", {3}).statuses = {Status::kClientHold};
  Build();
  const absl::flat_hash_set<HostKey> expected = {HostKey{1}, HostKey{2}};
  EXPECT_EQ(hosts_, expected);
}

TEST_F(ZoneBuilderTest, FailsOnAHostThatIsNotThere) {
  AddDomain("a.org", {99});
  const std::string error = Build();
  EXPECT_NE(error.find("a.org has the name server 99"), std::string::npos) << error;
}

TEST_F(ZoneBuilderTest, FailsWhenNamesComeInDisorder) {
  AddDomain("a.org");
  AddDomain("b.org");
  auto directory = std::make_shared<registry::Directory>();
  directory->Add(policy_);
  snapshot_.directory = directory;
  auto spool = Spool::Create(file_);
  ASSERT_TRUE(spool.ok()) << spool.status();
  ZoneBuilder builder(policy_, kNow, *std::move(spool));
  ASSERT_TRUE(builder.Add(domains_[1], snapshot_).ok());
  ASSERT_TRUE(builder.Add(domains_[0], snapshot_).ok());
  EXPECT_EQ(builder.Finish().code(), absl::StatusCode::kInternal);
}

// Any mixture of names and glue comes out sorted, whole and without duplicates.
TEST_F(ZoneBuilderTest, SortsEverythingOfARandomZone) {
  uint32_t seed = 7;
  const auto next = [&seed](uint32_t below) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
  };
  const std::string alphabet = "ab0-";
  absl::flat_hash_set<std::string> names;
  while (names.size() < 150) {
    std::string label = std::string(1, "ab0"[next(3)]);
    for (uint32_t i = next(4); i > 0; --i) label += alphabet[next(4)];
    label += "ab0"[next(3)];
    if (label.find("--") != std::string::npos) continue;
    names.insert(label + ".org");
  }
  int64_t key = 2;
  for (const std::string& name : names) {
    if (next(2) == 0) AddHost(key++, "ns" + std::to_string(next(3)) + "." + name, {"192.0.2.1"});
  }
  for (const std::string& name : names) {
    const auto host = static_cast<int64_t>(1 + next(static_cast<uint32_t>(key - 1)));
    if (next(5) != 0) AddDomain(name, {host});
  }
  const std::string zone = Build(true);
  EXPECT_EQ(Build(false), zone);
  std::vector<std::string> owners;
  size_t begin = 0;
  while (begin < zone.size()) {
    owners.push_back(zone.substr(begin, zone.find('\t', begin) - begin) + ".org");
    begin = zone.find('\n', begin) + 1;
  }
  EXPECT_GT(owners.size(), 120u);
  for (size_t i = 1; i < owners.size(); ++i) {
    EXPECT_TRUE(CanonicalLess(owners[i - 1], owners[i])) << owners[i - 1] << ", " << owners[i];
  }
}

}  // namespace
}  // namespace zonegen
