// What a domain contributes to its zone, for everything that can become of it and of its hosts: the
// stored row is projected to now, as the zone generator does it, and shown under one of its names.
#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/commands/host_update.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"
#include "registry/rules/delegation.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

constexpr absl::Duration kHour = absl::Hours(1);
const std::string kDigest(64, 'A'), kOtherDigest(64, 'B');

// Gold has example.org, with a DS and the name server ns.example.net, other.org, and charity.ngo,
// of which charity.ong is the second name.
class Registry {
 public:
  Registry() : domain(scene.AddDomain("example.org")) {
    TldPolicy ngo = *scene.directory.Tld("org"), ong = ngo;
    ngo.tld = "ngo";
    ong.tld = "ong";
    ong.bundle_of = "ngo";
    scene.directory.Add(ngo);
    scene.directory.Add(ong);
    scene.AddDomain("other.org");
    scene.AddDomain("charity.ngo");
    scene.Delegate(domain, {"ns.example.net"});
    domain.ds = {*DsRecord::Parse("1 13 2 " + kDigest)};
  }

  // To these servers alone.
  void Delegate(Domain& which, std::initializer_list<std::string_view> servers) {
    which.name_servers.clear();
    scene.Delegate(which, servers);
  }
  void Rename(std::string_view from, std::string_view to) {
    HostUpdate update;
    update.name = DomainName(from);
    update.new_name = DomainName(to);
    if (!DomainName(to).IsBelow("org")) update.remove.addresses = scene.host(from).addresses;
    ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  }
  void AddAddressTo(std::string_view host, std::string_view address) {
    HostUpdate update;
    update.name = DomainName(host);
    update.add.addresses = {IpAddress(address)};
    ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  }
  void Phase(DomainPhase phase, absl::Duration ends) {
    domain.phase = phase;
    domain.phase_ends = scene.now + ends;
    if (phase == DomainPhase::kPendingRestore) {
      domain.redemption_ends = scene.now + absl::Hours(24 * 20);
    }
  }
  void Grace(GraceKind kind) {
    domain.grace.push_back({kind, scene.now + kHour, Money{900}, kGold, 1});
  }

  // "NS a b DS 1 GLUE a 192.0.2.1"; empty: nothing at all.
  std::string Contribution(const DomainName& name) {
    const Domain& row = name == domain.name ? domain : scene.domain("charity.ngo");
    const Projection projection = Project(row, scene.now, scene.directory);
    if (!projection.domain) return "";
    std::vector<const Host*> hosts;
    for (const HostKey key : projection.domain->name_servers) hosts.push_back(&scene.hosts.at(key));
    const Delegation delegation = DelegationOf(ShownAs(*projection.domain, name), hosts);
    EXPECT_EQ(delegation.name, name);
    std::string text;
    for (const DomainName& server : delegation.name_servers) text += " " + server.text();
    if (!text.empty()) text = "NS" + text;
    for (const DsRecord& ds : delegation.ds) text += Concat(" DS ", ds.key_tag);
    for (const Delegation::Glue& glue : delegation.glue) {
      text += " GLUE " + glue.host.text();
      for (const IpAddress& address : glue.addresses) text += " " + address.ToString();
    }
    return text;
  }

  Scene scene;
  Domain& domain;
};

struct Row {
  const char* what;
  void (*change)(Registry&);
  const char* expected;
  const char* name = "example.org";
};

constexpr char kPublished[] = "NS ns.example.net DS 1";
constexpr char kNothing[] = "";

template <Status status>
void With(Registry& r) {
  r.domain.statuses = {status};
}

const Row kRows[] = {
    {"no status", [](Registry&) {}, kPublished},
    {"clientDeleteProhibited", With<Status::kClientDeleteProhibited>, kPublished},
    {"clientHold", With<Status::kClientHold>, kNothing},
    {"clientRenewProhibited", With<Status::kClientRenewProhibited>, kPublished},
    {"clientTransferProhibited", With<Status::kClientTransferProhibited>, kPublished},
    {"clientUpdateProhibited", With<Status::kClientUpdateProhibited>, kPublished},
    {"serverDeleteProhibited", With<Status::kServerDeleteProhibited>, kPublished},
    {"serverHold", With<Status::kServerHold>, kNothing},
    {"serverRenewProhibited", With<Status::kServerRenewProhibited>, kPublished},
    {"serverTransferProhibited", With<Status::kServerTransferProhibited>, kPublished},
    {"serverUpdateProhibited", With<Status::kServerUpdateProhibited>, kPublished},
    {"both holds",
     [](Registry& r) {
       r.domain.statuses = {Status::kClientHold, Status::kServerHold};
     },
     kNothing},
    {"all prohibitions",
     [](Registry& r) {
       r.domain.statuses = {Status::kClientDeleteProhibited,   Status::kClientRenewProhibited,
                            Status::kClientTransferProhibited, Status::kClientUpdateProhibited,
                            Status::kServerDeleteProhibited,   Status::kServerRenewProhibited,
                            Status::kServerTransferProhibited, Status::kServerUpdateProhibited};
     },
     kPublished},
    {"inactive: no name servers, whatever DS there are",
     [](Registry& r) { r.domain.name_servers.clear(); }, kNothing},
    {"without DS", [](Registry& r) { r.domain.ds.clear(); }, "NS ns.example.net"},
    {"with several DS",
     [](Registry& r) { r.domain.ds.push_back(*DsRecord::Parse("2 13 2 " + kOtherDigest)); },
     "NS ns.example.net DS 1 DS 2"},
    {"pendingTransfer",
     [](Registry& r) {
       Transfer transfer;
       transfer.gaining = kSilver;
       transfer.losing = kGold;
       transfer.acted = r.scene.now + kHour;
       r.domain.transfer = transfer;
     },
     kPublished},
    {"transferred by the clock",
     [](Registry& r) {
       Transfer transfer;
       transfer.gaining = kSilver;
       transfer.losing = kGold;
       transfer.acted = r.scene.now - kHour;
       r.domain.transfer = transfer;
     },
     kPublished},

    // RFC 3915.
    {"addPeriod", [](Registry& r) { r.Grace(GraceKind::kAdd); }, kPublished},
    {"renewPeriod", [](Registry& r) { r.Grace(GraceKind::kRenew); }, kPublished},
    {"autoRenewPeriod", [](Registry& r) { r.Grace(GraceKind::kAutoRenew); }, kPublished},
    {"transferPeriod", [](Registry& r) { r.Grace(GraceKind::kTransfer); }, kPublished},
    {"expired, and so renewed by the clock",
     [](Registry& r) { r.domain.expires = r.scene.now - kHour; }, kPublished},
    {"redemptionPeriod", [](Registry& r) { r.Phase(DomainPhase::kRedemption, kHour); }, kNothing},
    {"redemptionPeriod over", [](Registry& r) { r.Phase(DomainPhase::kRedemption, -kHour); },
     kNothing},
    {"pendingRestore", [](Registry& r) { r.Phase(DomainPhase::kPendingRestore, kHour); },
     kPublished},
    {"pendingRestore on hold",
     [](Registry& r) {
       r.Phase(DomainPhase::kPendingRestore, kHour);
       r.domain.statuses = {Status::kClientHold};
     },
     kNothing},
    {"pendingRestore without a report in time",
     [](Registry& r) { r.Phase(DomainPhase::kPendingRestore, -kHour); }, kNothing},
    {"pendingDelete", [](Registry& r) { r.Phase(DomainPhase::kPendingDelete, kHour); }, kNothing},
    {"purged by the clock", [](Registry& r) { r.Phase(DomainPhase::kPendingDelete, -kHour); },
     kNothing},

    // Glue.
    {"in-bailiwick",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1", "2001:db8::1"});
       r.Delegate(r.domain, {"ns1.example.org"});
     },
     "NS ns1.example.org DS 1 GLUE ns1.example.org 192.0.2.1 2001:db8::1"},
    {"in-bailiwick, deep",
     [](Registry& r) {
       r.scene.AddHost("a.dns.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"a.dns.example.org"});
     },
     "NS a.dns.example.org DS 1 GLUE a.dns.example.org 192.0.2.1"},
    {"the domain is its own name server",
     [](Registry& r) {
       r.scene.AddHost("example.org", {"192.0.2.1"}).superordinate = r.domain.key;
       r.Delegate(r.domain, {"example.org"});
     },
     "NS example.org DS 1 GLUE example.org 192.0.2.1"},
    {"IPv6 alone",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"2001:db8::1"});
       r.Delegate(r.domain, {"ns1.example.org"});
     },
     "NS ns1.example.org DS 1 GLUE ns1.example.org 2001:db8::1"},
    {"sibling",
     [](Registry& r) {
       r.scene.AddHost("ns1.other.org", {"192.0.2.2"});
       r.Delegate(r.domain, {"ns1.other.org"});
     },
     "NS ns1.other.org DS 1 GLUE ns1.other.org 192.0.2.2"},
    {"in-bailiwick, sibling and external together",
     [](Registry& r) {
       r.scene.AddHost("z.example.org", {"192.0.2.1"});
       r.scene.AddHost("a.other.org", {"192.0.2.2"});
       r.Delegate(r.domain, {"z.example.org", "ns.example.net", "a.other.org"});
     },
     "NS a.other.org ns.example.net z.example.org DS 1 GLUE a.other.org 192.0.2.2 "
     "GLUE z.example.org 192.0.2.1"},
    {"a host of its own that it does not use",
     [](Registry& r) { r.scene.AddHost("ns1.example.org", {"192.0.2.1"}); }, kPublished},
    {"orphan: below a domain on hold",
     [](Registry& r) {
       r.scene.AddHost("ns1.other.org", {"192.0.2.2"});
       r.scene.domain("other.org").statuses = {Status::kServerHold};
       r.Delegate(r.domain, {"ns1.other.org"});
     },
     "NS ns1.other.org DS 1 GLUE ns1.other.org 192.0.2.2"},
    {"orphan: below a domain in redemption",
     [](Registry& r) {
       r.scene.AddHost("ns1.other.org", {"192.0.2.2"});
       r.scene.domain("other.org").phase = DomainPhase::kRedemption;
       r.scene.domain("other.org").phase_ends = r.scene.now + kHour;
       r.Delegate(r.domain, {"ns1.other.org"});
     },
     "NS ns1.other.org DS 1 GLUE ns1.other.org 192.0.2.2"},
    {"its own glue goes with it",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"ns1.example.org"});
       r.domain.statuses = {Status::kClientHold};
     },
     kNothing},
    {"host without address",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org").addresses.clear();
       r.Delegate(r.domain, {"ns1.example.org"});
     },
     "NS ns1.example.org DS 1"},
    {"external host that has addresses all the same",
     [](Registry& r) {
       r.scene.AddHost("ns2.example.net").addresses = {IpAddress("192.0.2.3")};
       r.Delegate(r.domain, {"ns2.example.net"});
     },
     "NS ns2.example.net DS 1"},
    {"host of another TLD of ours",
     [](Registry& r) {
       r.scene.AddHost("ns1.charity.ngo", {"192.0.2.3"});
       r.Delegate(r.domain, {"ns1.charity.ngo"});
     },
     "NS ns1.charity.ngo DS 1"},
    {"host of a TLD whose name ends alike",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.xorg").addresses = {IpAddress("192.0.2.3")};
       r.Delegate(r.domain, {"ns1.example.xorg"});
     },
     "NS ns1.example.xorg DS 1"},

    // Hosts that change.
    {"host with a new address",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"ns1.example.org"});
       r.AddAddressTo("ns1.example.org", "192.0.2.9");
     },
     "NS ns1.example.org DS 1 GLUE ns1.example.org 192.0.2.1 192.0.2.9"},
    {"host renamed within the domain",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"ns1.example.org"});
       r.Rename("ns1.example.org", "ns9.example.org");
     },
     "NS ns9.example.org DS 1 GLUE ns9.example.org 192.0.2.1"},
    {"host renamed below another domain",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"ns1.example.org"});
       r.Rename("ns1.example.org", "ns1.other.org");
     },
     "NS ns1.other.org DS 1 GLUE ns1.other.org 192.0.2.1"},
    {"host renamed out of the registry",
     [](Registry& r) {
       r.scene.AddHost("ns1.example.org", {"192.0.2.1"});
       r.Delegate(r.domain, {"ns1.example.org"});
       r.Rename("ns1.example.org", "ns1.example.com");
     },
     "NS ns1.example.com DS 1"},
    {"renamed, and so sorted elsewhere",
     [](Registry& r) {
       r.scene.AddHost("a.example.org", {"192.0.2.1"});
       r.scene.AddHost("b.example.org", {"192.0.2.2"});
       r.Delegate(r.domain, {"a.example.org", "b.example.org"});
       r.Rename("a.example.org", "c.example.org");
     },
     "NS b.example.org c.example.org DS 1 GLUE b.example.org 192.0.2.2 "
     "GLUE c.example.org 192.0.2.1"},

    // Bundles: one domain with two names, each with DS records of its own.
    {"bundle, first name",
     [](Registry& r) {
       Domain& charity = r.scene.domain("charity.ngo");
       r.Delegate(charity, {"ns.example.net"});
       charity.ds = {*DsRecord::Parse("3 13 2 " + kDigest)};
       charity.partner_ds = {*DsRecord::Parse("4 13 2 " + kDigest)};
     },
     "NS ns.example.net DS 3", "charity.ngo"},
    {"bundle, second name",
     [](Registry& r) {
       Domain& charity = r.scene.domain("charity.ngo");
       r.Delegate(charity, {"ns.example.net"});
       charity.ds = {*DsRecord::Parse("3 13 2 " + kDigest)};
       charity.partner_ds = {*DsRecord::Parse("4 13 2 " + kDigest)};
     },
     "NS ns.example.net DS 4", "charity.ong"},
    {"bundle, second name: the first one's hosts are elsewhere",
     [](Registry& r) {
       r.scene.AddHost("ns1.charity.ngo", {"192.0.2.1"});
       r.Delegate(r.scene.domain("charity.ngo"), {"ns1.charity.ngo"});
     },
     "NS ns1.charity.ngo", "charity.ong"},
    {"bundle, first name with its hosts",
     [](Registry& r) {
       r.scene.AddHost("ns1.charity.ngo", {"192.0.2.1"});
       r.Delegate(r.scene.domain("charity.ngo"), {"ns1.charity.ngo"});
     },
     "NS ns1.charity.ngo GLUE ns1.charity.ngo 192.0.2.1", "charity.ngo"},
    {"bundle, a host below the second name",
     [](Registry& r) {
       r.scene.AddHost("ns1.charity.ong").addresses = {IpAddress("192.0.2.1")};
       r.Delegate(r.scene.domain("charity.ngo"), {"ns1.charity.ong"});
     },
     "NS ns1.charity.ong GLUE ns1.charity.ong 192.0.2.1", "charity.ong"},
    {"bundle on hold: neither name",
     [](Registry& r) {
       r.Delegate(r.scene.domain("charity.ngo"), {"ns.example.net"});
       r.scene.domain("charity.ngo").statuses = {Status::kServerHold};
     },
     kNothing, "charity.ong"},
    {"bundle in redemption: neither name",
     [](Registry& r) {
       r.Delegate(r.scene.domain("charity.ngo"), {"ns.example.net"});
       r.scene.domain("charity.ngo").phase = DomainPhase::kRedemption;
       r.scene.domain("charity.ngo").phase_ends = r.scene.now + kHour;
     },
     kNothing, "charity.ngo"},

    // Internationalised names are in the zone as A-labels.
    {"IDN",
     [](Registry& r) {
       r.domain.name = DomainName("xn--bcher-kva.org");
       r.domain.idn_table = "latin";
     },
     kPublished, "xn--bcher-kva.org"},
    {"IDN with hosts below it",
     [](Registry& r) {
       r.domain.name = DomainName("xn--bcher-kva.org");
       r.scene.AddHost("ns1.xn--bcher-kva.org").addresses = {IpAddress("192.0.2.1")};
       r.Delegate(r.domain, {"ns1.xn--bcher-kva.org"});
     },
     "NS ns1.xn--bcher-kva.org DS 1 GLUE ns1.xn--bcher-kva.org 192.0.2.1", "xn--bcher-kva.org"},
};

TEST(DelegationTableTest, HoldsForEveryStatusStateAndHost) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.what);
    Registry registry;
    row.change(registry);
    EXPECT_EQ(registry.Contribution(DomainName(row.name)), row.expected);
  }
}

TEST(DelegationTableTest, HasARowForEveryStatusThatCanBeStored) {
  for (int i = 0; i <= static_cast<int>(Status::kServerUpdateProhibited); ++i) {
    const std::string_view name = StatusName(static_cast<Status>(i));
    bool found = false;
    for (const Row& row : kRows) found |= row.what == name;
    EXPECT_TRUE(found) << name;
  }
}

}  // namespace
}  // namespace registry
