#include "zonegen/zone_builder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "registry/model/directory.h"
#include "registry/rules/delegation.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Domain;
using registry::DomainName;
using registry::Host;
using registry::HostKey;
using registry::Status;
using registry::ZonePart;
using registry::store::ZoneDomainRow;
using registry::store::ZoneHostRow;

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

  Host& AddHost(int64_t key, std::string_view name, std::vector<std::string> addresses) {
    Host host;
    host.key = HostKey{key};
    host.name = DomainName(name);
    for (const std::string& address : addresses) {
      host.addresses.push_back(registry::IpAddress(address));
    }
    hosts_.push_back(std::move(host));
    return hosts_.back();
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

  enum class Way { kRows, kProjected };

  // The zone without the lines of the apex. Domains by what their rows say alone, where that is
  // enough, or all of them projected.
  std::string Build(Way way = Way::kRows, absl::Time now = kNow) {
    registry::Directory directory;
    directory.Add(policy_);
    ZoneBuilder builder(policy_, now, 2);
    for (const Host& host : hosts_) Add(builder, host);
    EXPECT_TRUE(builder.HostsAreComplete().ok());
    for (const Domain& domain : domains_) {
      const ZonePart part = ZonePartOf(domain.phase, domain.statuses);
      absl::Status status;
      if (way == Way::kProjected || part == ZonePart::kDependsOnTheTime) {
        status = builder.Take(domain, directory);
      } else if (part == ZonePart::kDelegation) {
        status = AddRow(builder, domain);
      }
      if (!status.ok()) return status.ToString();
    }
    auto out = OutputFile::Create(file_);
    EXPECT_TRUE(out.ok()) << out.status();
    if (absl::Status status = builder.Write(1, **out); !status.ok()) return status.ToString();
    EXPECT_TRUE((*out)->Publish().ok());
    delegations_ = builder.delegations();
    next_event_ = builder.next_event();
    used_ = builder.TakeHosts();
    const std::string zone = tests::ReadFile(file_);
    const ZoneText text(policy_);
    const std::string apex = text.Head(1) + text.Apex();
    EXPECT_TRUE(zone.starts_with(apex)) << zone;
    return zone.substr(std::min(apex.size(), zone.size()));
  }

  // The readers in turns.
  int NextReader() { return reader_ = 1 - reader_; }

  void Add(ZoneBuilder& builder, const Host& host) {
    std::vector<std::string_view> addresses;
    for (const registry::IpAddress& address : host.addresses) addresses.push_back(address.octets());
    const ZoneHostRow row{host.key, host.name.text(), addresses, host.ttls};
    EXPECT_TRUE(builder.Take(NextReader(), row).ok());
  }

  absl::Status AddRow(ZoneBuilder& builder, const Domain& domain) {
    std::vector<std::string> stored;
    for (const registry::DsRecord& record : domain.ds) stored.push_back(record.StoredText());
    const std::vector<std::string_view> ds(stored.begin(), stored.end());
    const ZoneDomainRow row{domain.name.label(), domain.name_servers, ds, domain.ttls};
    return builder.Take(NextReader(), row);
  }

  registry::TldPolicy policy_;
  std::deque<Host> hosts_;
  std::deque<Domain> domains_;
  int reader_ = 0;
  int64_t delegations_ = 0;
  absl::Time next_event_;
  absl::flat_hash_set<HostKey> used_;
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
  EXPECT_EQ(Build(Way::kRows), expected);
  EXPECT_EQ(Build(Way::kProjected), expected);
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
  EXPECT_EQ(Build(Way::kRows), expected);
  EXPECT_EQ(Build(Way::kProjected), expected);
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
  for (const Way way : {Way::kRows, Way::kProjected}) {
    EXPECT_EQ(Build(way), "kept\t3600\tIN\tNS\tns.example.net.\n");
    EXPECT_EQ(delegations_, 1);
    EXPECT_EQ(next_event_, absl::InfiniteFuture()) << "the clock does nothing that is seen here";
  }
}

TEST_F(ZoneBuilderTest, HasWhatIsBeingRestoredUntilItsReportIsLate) {
  for (const int hours : {-1, 1, 2}) {
    Domain& domain = AddDomain("restored" + std::to_string(hours) + ".org");
    domain.phase = registry::DomainPhase::kPendingRestore;
    domain.phase_ends = kNow + absl::Hours(hours);
    domain.redemption_ends = kNow + absl::Hours(24);
  }
  EXPECT_EQ(Build(),
            "restored1\t3600\tIN\tNS\tns.example.net.\n"
            "restored2\t3600\tIN\tNS\tns.example.net.\n");
  EXPECT_EQ(next_event_, kNow + absl::Hours(1));
  EXPECT_EQ(Build(Way::kRows, kNow + absl::Hours(1)), "restored2\t3600\tIN\tNS\tns.example.net.\n");
}

TEST_F(ZoneBuilderTest, ShowsDomainsAsTheyAreNowAndNotAsTheirRowsSay) {
  AddDomain("expired.org").expires = kNow - absl::Hours(1);  // renewed by the clock
  Domain& purged = AddDomain("purged.org");
  purged.phase = registry::DomainPhase::kPendingDelete;
  purged.phase_ends = kNow - absl::Hours(1);
  for (const Way way : {Way::kRows, Way::kProjected}) {
    EXPECT_EQ(Build(way), "expired\t3600\tIN\tNS\tns.example.net.\n");
    EXPECT_GT(next_event_, kNow);
  }
}

TEST_F(ZoneBuilderTest, WritesTheTtlsAndDsRecordsOfTheRow) {
  policy_.max_ns_ttl = policy_.max_ds_ttl = policy_.max_glue_ttl = 86400;
  AddHost(2, "ns1.a.org", {"192.0.2.2", "2001:db8::2"}).ttls = {{}, 999};
  Domain& domain = AddDomain("a.org", {2, 1});
  domain.ttls = {777, {}};
  const std::string digest(64, 'A');
  domain.ds = {*registry::DsRecord::Parse("1 13 2 " + digest),
               *registry::DsRecord::Parse("2 13 2 " + digest)};
  registry::DsRecord& with_key = domain.ds[1];
  with_key.key = "257 3 13 c29tZSBrZXk=";
  ASSERT_NE(with_key.StoredText(), with_key.ToString());
  const std::string expected =
      "a\t777\tIN\tNS\tns.example.net.\n"
      "a\t777\tIN\tNS\tns1.a.org.\n"
      "a\t3600\tIN\tDS\t1 13 2 " +
      digest + "\na\t3600\tIN\tDS\t2 13 2 " + digest +
      "\nns1.a\t3600\tIN\tA\t192.0.2.2\n"
      "ns1.a\t999\tIN\tAAAA\t2001:db8::2\n";
  EXPECT_EQ(Build(Way::kRows), expected);
  EXPECT_EQ(Build(Way::kProjected), expected);
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
  EXPECT_EQ(used_, expected);
}

TEST_F(ZoneBuilderTest, FailsOnAHostThatIsNotThere) {
  AddDomain("a.org", {99});
  const std::string error = Build();
  EXPECT_NE(error.find("a.org has the name server 99"), std::string::npos) << error;
}

TEST_F(ZoneBuilderTest, FailsWhenANameComesTwice) {
  AddDomain("a.org");
  AddDomain("b.org");
  AddDomain("a.org");
  const std::string error = Build();
  EXPECT_NE(error.find("a.org is there twice"), std::string::npos) << error;
}

TEST_F(ZoneBuilderTest, FailsOnWhatIsNoLabel) {
  domains_.push_back(AddDomain("a.org"));
  domains_.back().name = DomainName::Trusted("B.org");
  const std::string error = Build();
  EXPECT_NE(error.find("\"B\" is not a label"), std::string::npos) << error;
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
  const std::string zone = Build(Way::kRows);
  EXPECT_EQ(Build(Way::kProjected), zone);
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
