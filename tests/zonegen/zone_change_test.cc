#include "zonegen/zone_change.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Domain;
using registry::DomainKey;
using registry::DomainName;
using registry::DomainPhase;
using registry::Host;
using registry::HostKey;
using registry::Status;
using registry::store::FeedEntry;
using registry::store::FeedKind;

const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

registry::TldPolicy PolicyOf(std::string tld) {
  registry::TldPolicy policy;
  policy.tld = tld;
  policy.soa_mname = "ns1.nic." + tld;
  policy.soa_rname = "hostmaster.nic." + tld;
  policy.name_servers = {"ns1.nic." + tld};
  policy.static_records = {"ns1.nic 86400 IN A 127.0.0.1"};
  policy.max_ns_ttl = policy.max_ds_ttl = policy.max_glue_ttl = 86400;
  return policy;
}

// A zone as a set of lines "owner TTL type rdata".
using Lines = std::set<std::string>;

std::string LineOf(const std::string& owner, const DnsRecord& record) {
  std::string rdata;
  if (record.type == kTypeNs) {
    rdata = TargetOf(record);
  } else {
    for (unsigned char octet : record.rdata) rdata += Concat(static_cast<int>(octet), ".");
  }
  return Concat(owner, " ", record.ttl, " ", record.type, " ", rdata);
}

// Registry, feed and primary in memory.
class ZoneChangeTest : public testing::Test {
 protected:
  ZoneChangeTest() {
    directory_.Add(PolicyOf("org"));
    directory_.Add(PolicyOf("ngo"));
    registry::TldPolicy ong = PolicyOf("ong");
    ong.bundle_of = "ngo";
    directory_.Add(ong);
    Use("org");
    AddHost(1, "ns.example.net");
    AddHost(2, "ns.example.com");
    Send();
  }

  void Use(const std::string& tld) {
    auto zone = ZoneRecords::Make(*directory_.Tld(tld));
    ASSERT_TRUE(zone.ok()) << zone.status();
    zone_.emplace(*std::move(zone));
  }

  Host& AddHost(int64_t key, std::string_view name, std::vector<std::string> addresses = {}) {
    Host& host = hosts_[HostKey{key}];
    host.key = HostKey{key};
    host.name = DomainName(name);
    host.addresses.clear();
    for (const std::string& address : addresses) {
      host.addresses.push_back(registry::IpAddress(address));
    }
    NoteHost(host);
    return host;
  }
  void NoteHost(const Host& host) {
    feed_.push_back({FeedKind::kHost, registry::Number(host.key), host.name.text(),
                     std::string(host.name.tld())});
  }
  void Rename(int64_t key, std::string_view name) {
    Host& host = hosts_.at(HostKey{key});
    NoteHost(host);
    host.name = DomainName(name);
    NoteHost(host);
  }
  void DeleteHost(int64_t key) {
    NoteHost(hosts_.at(HostKey{key}));
    hosts_.erase(HostKey{key});
  }
  Domain& AddDomain(int64_t key, std::string_view name, std::vector<int64_t> hosts = {1}) {
    Domain& domain = domains_[DomainKey{key}];
    domain.key = DomainKey{key};
    domain.name = DomainName(name);
    domain.sponsor = registry::RegistrarKey{1};
    domain.created = kNow - absl::Hours(24 * 100);
    domain.expires = kNow + absl::Hours(24 * 265);
    return SetHosts(key, std::move(hosts));
  }
  Domain& SetHosts(int64_t key, std::vector<int64_t> hosts) {
    Domain& domain = Change(key);
    for (HostKey host : domain.name_servers) {
      if (std::ranges::count(hosts, registry::Number(host)) == 0) Leave(host);
    }
    domain.name_servers.clear();
    for (int64_t host : hosts) domain.name_servers.push_back(HostKey{host});
    return domain;
  }
  // The domain, after its entry in the feed.
  Domain& Change(int64_t key) {
    Domain& domain = domains_.at(DomainKey{key});
    feed_.push_back({FeedKind::kDomain, key, domain.name.text(), std::string(domain.name.tld())});
    return domain;
  }
  void Leave(HostKey host) { feed_.push_back({FeedKind::kHost, registry::Number(host), "", ""}); }
  void Purge(int64_t key) {
    for (HostKey host : Change(key).name_servers) Leave(host);
    domains_.erase(DomainKey{key});
  }

  // What the whole zone would have.
  Lines Whole() const {
    Lines lines;
    for (const auto& [owner, records] : zone_->fixed()) {
      for (const DnsRecord& record : records) lines.insert(LineOf(owner, record));
    }
    for (const auto& [key, row] : domains_) {
      const auto domain = InZone(row);
      if (!domain) continue;
      std::vector<const Host*> hosts;
      for (HostKey host : domain->name_servers) hosts.push_back(&hosts_.at(host));
      const registry::Delegation delegation = registry::DelegationOf(*domain, hosts);
      for (const DnsRecord& record : zone_->Delegated(delegation)) {
        lines.insert(LineOf(delegation.name.text(), record));
      }
      for (const registry::Delegation::Glue& glue : delegation.glue) {
        if (zone_->IsFixed(glue.host.text())) continue;
        for (const DnsRecord& record : zone_->Addresses(glue)) {
          lines.insert(LineOf(glue.host.text(), record));
        }
      }
    }
    return lines;
  }

  std::optional<Domain> InZone(const Domain& row) const {
    const auto domain = registry::Project(row, kNow, directory_).domain;
    if (!domain) return std::nullopt;
    if (domain->name.tld() == zone_->tld()) return domain;
    const auto other = directory_.bundles().Other(domain->name);
    if (!other || other->tld() != zone_->tld()) return std::nullopt;
    return registry::ShownAs(*domain, *other);
  }

  // Sends what the feed tells, and empties it. The updates, in order.
  std::vector<OwnerUpdate> Send() {
    ZoneChange change(*zone_, directory_, kNow);
    for (const FeedEntry& entry : feed_) change.Note(entry);
    feed_.clear();
    std::vector<OwnerUpdate> updates = Apply(change);
    for (HostKey host : change.renamed()) {
      ZoneChange more(*zone_, directory_, kNow);
      for (const auto& [key, domain] : domains_) {
        if (std::ranges::find(domain.name_servers, host) != domain.name_servers.end() &&
            domain.name.tld() == PrimaryTld()) {
          more.NoteDomain(domain.name.text());
        }
      }
      for (OwnerUpdate& update : Apply(more)) updates.push_back(std::move(update));
    }
    return updates;
  }

  std::string PrimaryTld() const {
    return std::string(directory_.bundles().PrimaryTld(zone_->tld()));
  }

  std::vector<OwnerUpdate> Apply(ZoneChange& change) {
    registry::store::ChangedRows rows;
    for (const std::string& name : change.domains()) {
      for (const auto& [key, domain] : domains_) {
        if (domain.name.text() == name) rows.domains.push_back(domain);
      }
    }
    for (HostKey key : change.hosts()) {
      if (hosts_.contains(key)) rows.hosts.push_back(hosts_.at(key));
    }
    change.TakeChanged(rows);
    while (!change.TakeHosts(ReadHosts(change), kUsersAtOnce)) {
    }
    std::vector<OwnerUpdate> updates = change.Updates();
    for (const OwnerUpdate& update : updates) Update(update);
    return updates;
  }

  registry::store::HostRows ReadHosts(const ZoneChange& change) const {
    registry::store::HostRows rows;
    for (HostKey key : change.keys()) {
      if (hosts_.contains(key)) rows.hosts.push_back(hosts_.at(key));
    }
    for (const auto& [key, host] : hosts_) {
      if (std::ranges::count(change.names(), host.name.text()) > 0) rows.hosts.push_back(host);
      for (const registry::store::UsersOf& of : change.users()) {
        if (of.host != key && (of.host != HostKey{} || of.name != host.name.text())) continue;
        int count = 0;
        for (const auto& [user, domain] : domains_) {
          if (user > of.after && count < kUsersAtOnce && domain.name.tld() == PrimaryTld() &&
              std::ranges::count(domain.name_servers, key) > 0) {
            rows.users.push_back({key, domain});
            ++count;
          }
        }
      }
    }
    return rows;
  }

  void Update(const OwnerUpdate& update) {
    std::vector<DnsRecord>& there = served_[update.owner];
    for (uint16_t type : update.deleted) {
      std::erase_if(
          there, [&](const DnsRecord& record) { return type == kTypeAny || record.type == type; });
    }
    there.insert(there.end(), update.added.begin(), update.added.end());
  }

  Lines Served() const {
    Lines lines;
    for (const auto& [owner, records] : served_) {
      for (const DnsRecord& record : records) lines.insert(LineOf(owner, record));
    }
    // These come with the election, or with a look.
    for (const auto& [owner, records] : zone_->fixed()) {
      for (const DnsRecord& record : records) lines.insert(LineOf(owner, record));
    }
    return lines;
  }

  bool Has(const std::string& line) const { return Served().contains(line); }

  static constexpr int kUsersAtOnce = 2;

  registry::Directory directory_;
  std::optional<ZoneRecords> zone_;
  std::map<DomainKey, Domain> domains_;
  std::map<HostKey, Host> hosts_;
  std::vector<FeedEntry> feed_;
  std::map<std::string, std::vector<DnsRecord>> served_;
};

constexpr char kA1[] = "ns.b.org 3600 1 192.0.2.1.";
constexpr char kUsesGlue[] = "a.org 3600 2 ns.b.org";

TEST_F(ZoneChangeTest, EachChangeBringsWhatTheWholeZoneHas) {
  using Step = std::function<void()>;
  const registry::DsRecord ds{1, 13, 2, std::string(32, 'x')};
  const struct {
    const char* what;
    Step change;
    std::vector<std::string> there, gone;
  } kSteps[] = {
      {"create", [&] { AddDomain(10, "a.org"); }, {"a.org 3600 2 ns.example.net"}, {}},
      {"without name servers", [&] { AddDomain(11, "b.org", {}); }, {}, {}},
      {"IDN",
       [&] { AddDomain(12, "xn--mller-kva.org"); },
       {"xn--mller-kva.org 3600 2 ns.example.net"},
       {}},
      {"hold",
       [&] { Change(10).statuses.Add(Status::kClientHold); },
       {},
       {"a.org 3600 2 ns.example.net"}},
      {"both holds", [&] { Change(10).statuses.Add(Status::kServerHold); }, {}, {}},
      {"one hold left",
       [&] { Change(10).statuses.Remove(Status::kClientHold); },
       {},
       {"a.org 3600 2 ns.example.net"}},
      {"released",
       [&] { Change(10).statuses.Remove(Status::kServerHold); },
       {"a.org 3600 2 ns.example.net"},
       {}},
      {"other name servers",
       [&] { SetHosts(10, {2}); },
       {"a.org 3600 2 ns.example.com"},
       {"a.org 3600 2 ns.example.net"}},
      {"DS", [&] { Change(10).ds = {ds}; }, {}, {}},
      {"TTLs",
       [&] {
         Change(10).ttls = {600, 700};
       },
       {"a.org 600 2 ns.example.com"},
       {"a.org 3600 2 ns.example.com"}},
      {"TTLs again the standard",
       [&] { Change(10).ttls = {}; },
       {"a.org 3600 2 ns.example.com"},
       {"a.org 600 2 ns.example.com"}},
      {"a host nobody uses", [&] { AddHost(3, "ns.b.org", {"192.0.2.1"}); }, {}, {kA1}},
      {"sibling glue", [&] { SetHosts(10, {3}); }, {kA1, kUsesGlue}, {}},
      {"in-bailiwick glue", [&] { SetHosts(11, {3}); }, {"b.org 3600 2 ns.b.org", kA1}, {}},
      {"another address",
       [&] {
         AddHost(3, "ns.b.org", {"192.0.2.2", "2001:db8::1"});
       },
       {"ns.b.org 3600 1 192.0.2.2."},
       {kA1}},
      {"TTL of an address",
       [&] { AddHost(3, "ns.b.org", {"192.0.2.1"}).ttls.a = 900; },
       {"ns.b.org 900 1 192.0.2.1."},
       {kA1}},
      {"and back", [&] { AddHost(3, "ns.b.org", {"192.0.2.1"}).ttls = {}; }, {kA1}, {}},
      {"orphan glue stays",
       [&] { Change(11).statuses.Add(Status::kClientHold); },
       {kA1, kUsesGlue},
       {"b.org 3600 2 ns.b.org"}},
      {"its last user held",
       [&] { Change(10).statuses.Add(Status::kClientHold); },
       {},
       {kA1, kUsesGlue}},
      {"its last user back",
       [&] { Change(10).statuses.Remove(Status::kClientHold); },
       {kA1, kUsesGlue},
       {}},
      {"host renamed",
       [&] { Rename(3, "new.b.org"); },
       {"new.b.org 3600 1 192.0.2.1.", "a.org 3600 2 new.b.org"},
       {kA1, kUsesGlue}},
      {"there and back at once",
       [&] {
         Rename(3, "x.b.org");
         Rename(3, "ns.b.org");
       },
       {kA1, kUsesGlue},
       {"new.b.org 3600 1 192.0.2.1."}},
      {"host without address", [&] { AddHost(3, "ns.b.org"); }, {kUsesGlue}, {kA1}},
      {"with one again", [&] { AddHost(3, "ns.b.org", {"192.0.2.1"}); }, {kA1}, {}},
      {"redemption",
       [&] {
         Change(10).phase = DomainPhase::kRedemption;
         domains_.at(DomainKey{10}).phase_ends = kNow + absl::Hours(1);
       },
       {},
       {kUsesGlue, kA1}},
      {"restored, the report is due",
       [&] {
         Change(10).phase = DomainPhase::kPendingRestore;
         domains_.at(DomainKey{10}).redemption_ends = kNow + absl::Hours(2);
       },
       {kUsesGlue, kA1},
       {}},
      {"the report is late",
       [&] { Change(10).phase_ends = kNow - absl::Hours(1); },
       {},
       {kUsesGlue, kA1}},
      {"restored",
       [&] {
         Change(10).phase = DomainPhase::kActive;
         domains_.at(DomainKey{10}).redemption_ends.reset();
         domains_.at(DomainKey{10}).phase_ends = absl::InfiniteFuture();
       },
       {kUsesGlue, kA1},
       {}},
      {"expired", [&] { Change(10).expires = kNow - absl::Hours(1); }, {kUsesGlue}, {}},
      {"name servers taken away", [&] { SetHosts(10, {}); }, {}, {kUsesGlue, kA1}},
      {"and its host deleted",
       [&] {
         SetHosts(11, {});
         DeleteHost(3);
       },
       {},
       {}},
      {"purged", [&] { Purge(12); }, {}, {"xn--mller-kva.org 3600 2 ns.example.net"}},
      {"purged and created again",
       [&] {
         Purge(10);
         AddDomain(13, "a.org", {2});
       },
       {"a.org 3600 2 ns.example.com"},
       {}},
      {"a host at the name of its domain",
       [&] {
         AddHost(4, "a.org", {"192.0.2.4"});
         SetHosts(13, {4});
       },
       {"a.org 3600 2 a.org", "a.org 3600 1 192.0.2.4."},
       {"a.org 3600 2 ns.example.com"}},
      {"the policy's own record stands",
       [&] {
         AddHost(5, "ns1.nic.org", {"192.0.2.5"});
         SetHosts(13, {5});
       },
       {"ns1.nic.org 86400 1 127.0.0.1."},
       {"ns1.nic.org 3600 1 192.0.2.5."}},
      {"a host of another TLD of ours",
       [&] {
         AddHost(6, "ns.x.ngo", {"192.0.2.6"});
         SetHosts(13, {6});
       },
       {"a.org 3600 2 ns.x.ngo"},
       {"ns.x.ngo 3600 1 192.0.2.6."}},
      {"domains of other TLDs",
       [&] { AddDomain(14, "x.ngo", {6}); },
       {},
       {"x.ngo 3600 2 ns.x.ngo"}},
  };
  for (const auto& step : kSteps) {
    SCOPED_TRACE(step.what);
    step.change();
    Send();
    EXPECT_EQ(Served(), Whole());
    for (const std::string& line : step.there) EXPECT_TRUE(Has(line)) << line;
    for (const std::string& line : step.gone) EXPECT_FALSE(Has(line)) << line;
  }
}

TEST_F(ZoneChangeTest, TheSecondNameOfABundleFollowsTheFirst) {
  Use("ong");
  AddHost(3, "ns.b.ong", {"192.0.2.1"});
  AddHost(4, "ns.b.ngo", {"192.0.2.2"});
  Domain& domain = AddDomain(10, "b.ngo", {3, 4});
  domain.ds = {{1, 13, 2, std::string(32, 'x')}};
  domain.partner_ds = {{2, 13, 2, std::string(32, 'y')}};
  Send();
  EXPECT_EQ(Served(), Whole());
  EXPECT_TRUE(Has("b.ong 3600 2 ns.b.ong"));
  EXPECT_TRUE(Has("ns.b.ong 3600 1 192.0.2.1."));
  EXPECT_FALSE(Has("ns.b.ngo 3600 1 192.0.2.2."));
  Change(10).statuses.Add(Status::kServerHold);
  Send();
  EXPECT_EQ(Served(), Whole());
  EXPECT_FALSE(Has("b.ong 3600 2 ns.b.ong"));
}

TEST_F(ZoneChangeTest, SaidTwiceItIsTheSame) {
  AddHost(3, "ns.b.org", {"192.0.2.1"});
  AddDomain(10, "a.org", {3});
  const std::vector<FeedEntry> entries = feed_;
  Send();
  const Lines once = Served();
  feed_ = entries;
  Send();
  EXPECT_EQ(Served(), once);
}

TEST_F(ZoneChangeTest, ManyUsersOnHoldHideNoneThatIsNot) {
  AddHost(3, "ns.b.org", {"192.0.2.1"});
  for (int64_t key = 10; key < 30; ++key) {
    AddDomain(key, Concat("d", key, ".org"), {3}).statuses.Add(Status::kClientHold);
  }
  AddDomain(30, "d30.org", {3});
  Send();
  AddHost(3, "ns.b.org", {"192.0.2.9"});
  Send();
  EXPECT_TRUE(Has("ns.b.org 3600 1 192.0.2.9."));
  EXPECT_EQ(Served(), Whole());
}

TEST_F(ZoneChangeTest, ALookMendsWhateverIsThere) {
  AddDomain(10, "a.org");
  Send();
  served_["a.org"].push_back({kTypeTxt, 1, CharacterString("stray")});
  served_["gone.org"].push_back({kTypeNs, 1, WireName("ns.example.net")});
  served_["ns1.nic.org"] = {{kTypeA, 1, "xxxx"}};
  ZoneChange change(*zone_, directory_, kNow);
  for (const char* owner : {"a.org", "gone.org", "ns1.nic.org", "x.net", "org"}) {
    change.Look(owner);
  }
  Apply(change);
  EXPECT_EQ(Served(), Whole());
}

// The same registry, changed at random, followed in batches of random size.
TEST_F(ZoneChangeTest, ARandomHistoryEndsAsTheWholeZone) {
  for (uint32_t seed = 1; seed <= 20; ++seed) {
    std::mt19937 random(seed);
    const auto draw = [&](int n) { return static_cast<int64_t>(random() % n); };
    for (int step = 0; step < 400; ++step) {
      const int64_t host = 3 + draw(6), key = 100 + draw(12);
      const auto hosts = [&] {
        std::vector<int64_t> some;
        for (const auto& [there, unused] : hosts_) {
          if (draw(4) == 0) some.push_back(registry::Number(there));
        }
        return some;
      };
      const std::string host_name = Concat("ns", draw(8), ".d", draw(12), ".org");
      const bool name_free = std::ranges::none_of(
          hosts_, [&](const auto& entry) { return entry.second.name.text() == host_name; });
      const bool used = std::ranges::any_of(domains_, [&](const auto& entry) {
        return std::ranges::count(entry.second.name_servers, HostKey{host}) > 0;
      });
      switch (draw(9)) {
        case 0:
        case 1:
          AddDomain(key, Concat("d", key - 100, ".org"), hosts());
          break;
        case 2:
          if (domains_.contains(DomainKey{key})) Purge(key);
          break;
        case 3:
          if (domains_.contains(DomainKey{key})) Change(key).statuses.Add(Status::kClientHold);
          break;
        case 4:
          if (domains_.contains(DomainKey{key})) Change(key).statuses.Remove(Status::kClientHold);
          break;
        case 5:
          if (hosts_.contains(HostKey{host})) {
            AddHost(host, hosts_.at(HostKey{host}).name.text(),
                    {Concat("192.0.2.", 1 + draw(200))});
          } else if (name_free) {
            AddHost(host, host_name, {"192.0.2.1"});
          }
          break;
        case 6:
          if (hosts_.contains(HostKey{host}) && name_free) Rename(host, host_name);
          break;
        case 7:
          if (hosts_.contains(HostKey{host}) && !used) DeleteHost(host);
          break;
        default:
          if (domains_.contains(DomainKey{key})) SetHosts(key, hosts());
      }
      if (draw(4) == 0) {
        Send();
        ASSERT_EQ(Served(), Whole()) << "seed " << seed << ", step " << step;
      }
    }
  }
}

}  // namespace
}  // namespace zonegen
