// A whole zone of a registry that has everything in it, beside the zone that comes of projecting
// every row by itself.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/commands/tld_apply.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/bundles.h"
#include "registry/rules/delegation.h"
#include "registry/store/bulk_insert.h"
#include "registry/store/connection.h"
#include "registry/store/object_rows.h"
#include "registry/store/operator_reader.h"
#include "registry/store/zone_reader.h"
#include "tests/registry/store/store_scene.h"
#include "tests/support/temporary_folder.h"
#include "zonegen/canonical_order.h"
#include "zonegen/output_file.h"
#include "zonegen/zone_builder.h"

namespace zonegen {
namespace {

using registry::Delegation;
using registry::Domain;
using registry::DomainName;
using registry::DomainPhase;
using registry::DsRecord;
using registry::Host;
using registry::HostKey;
using registry::IpAddress;
using registry::Status;
using registry::store::Connection;

constexpr int kDomains = 3000;
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  size_t Below(size_t n) { return engine_() % n; }
  bool OneIn(size_t n) { return Below(n) == 0; }
  absl::Time Instant() { return kNow + absl::Minutes(Below(200)) - absl::Minutes(100); }
  template <class Values>
  const auto& Of(const Values& values) {
    return values[Below(values.size())];
  }

 private:
  std::mt19937 engine_;
};

std::string Label(Dice& dice) {
  if (dice.OneIn(20)) return "xn--" + registry::Concat(dice.Below(1000)) + "a";
  std::string label(1, "ab0"[dice.Below(3)]);
  for (size_t i = dice.Below(dice.OneIn(9) ? 50 : 6); i > 0; --i) label += "ab0-"[dice.Below(4)];
  while (label.ends_with('-')) label.pop_back();
  return label;
}

registry::Ttl ChosenTtl(Dice& dice) {
  if (dice.OneIn(2)) return {};
  return static_cast<uint32_t>(dice.Below(200'000));
}

std::vector<DsRecord> Ds(Dice& dice) {
  std::vector<DsRecord> records;
  while (!dice.OneIn(2)) {
    const std::string key = dice.OneIn(3) ? " 257 3 15 " + std::string(43, 'A') + "=" : "";
    const std::string digest(64, "0123456789ABCDEF"[dice.Below(16)]);
    auto record = DsRecord::Parse(registry::Concat(dice.Below(65536), " 15 2 ", digest, key));
    POSTEL_CHECK(record.ok());
    records.push_back(*std::move(record));
  }
  std::ranges::sort(records);
  return records;
}

Domain RandomDomain(Dice& dice, int64_t number, std::string name) {
  Domain domain;
  domain.key = registry::DomainKey{1'000'000 + number};
  domain.name = DomainName::Trusted(std::move(name));
  domain.sponsor = domain.creator = registry::RegistrarKey{1};
  domain.created = kNow - absl::Hours(9000);
  domain.expires = dice.Instant();
  for (const Status status :
       {Status::kClientHold, Status::kServerHold, Status::kClientUpdateProhibited,
        Status::kServerDeleteProhibited, Status::kServerRenewProhibited}) {
    if (dice.OneIn(9)) domain.statuses.Add(status);
  }
  domain.phase = dice.OneIn(3) ? static_cast<DomainPhase>(dice.Below(4)) : DomainPhase::kActive;
  if (domain.phase != DomainPhase::kActive) domain.phase_ends = dice.Instant();
  if (domain.phase == DomainPhase::kPendingRestore) domain.redemption_ends = dice.Instant();
  if (dice.OneIn(3)) {
    domain.grace = {{registry::GraceKind::kRenew, dice.Instant(), {}, domain.sponsor, 1}};
  }
  if (dice.OneIn(9)) {
    domain.transfer = registry::Transfer{registry::TransferState::kPending,
                                         registry::RegistrarKey{2},
                                         registry::RegistrarKey{1},
                                         kNow - absl::Hours(100),
                                         dice.Instant(),
                                         1,
                                         {},
                                         {}};
  }
  domain.ds = Ds(dice);
  if (domain.name.tld() == "ngo") domain.partner_ds = Ds(dice);
  domain.ttls = {ChosenTtl(dice), ChosenTtl(dice)};
  return domain;
}

class RandomZoneTest : public testing::Test {
 protected:
  RandomZoneTest() {
    ApplyPolicy("org", "", 86400);
    ApplyPolicy("ngo", "", 0);
    ApplyPolicy("ong", "ngo", 86400);
    Fill();
    connection_ = Open();
  }

  void ApplyPolicy(const std::string& tld, const std::string& bundle_of, uint32_t most_ttl) {
    registry::TldPolicy policy;
    policy.tld = tld;
    policy.bundle_of = bundle_of;
    policy.data_model = registry::TldPolicy::DataModel::kMinimum;
    policy.soa_mname = "ns1.nic." + tld;
    policy.soa_rname = "hostmaster.nic." + tld;
    policy.name_servers = {"ns1.nic." + tld};
    policy.static_records = {"ns1.nic 60 IN A 192.0.2.53", "NS1.A 60 IN A 192.0.2.54"};
    policy.max_ns_ttl = policy.max_ds_ttl = policy.max_glue_ttl = most_ttl;
    const auto code = scene_.Code(registry::kOperator, registry::TldApply{policy});
    POSTEL_CHECK(code == registry::ResultCode::kOk);
  }

  std::unique_ptr<Connection> Open() {
    auto connection = Connection::Open(scene_.database, {.application = "test"});
    POSTEL_CHECK(connection.ok());
    return *std::move(connection);
  }

  void Fill() {
    Dice dice(20270115);
    registry::Changes changes;
    std::set<std::string> names;
    std::vector<Domain> domains;
    for (int i = 0; i < kDomains; ++i) {
      const std::string name = Label(dice) + (dice.OneIn(3) ? ".ngo" : ".org");
      if (names.insert(name).second) domains.push_back(RandomDomain(dice, i, name));
    }
    std::vector<HostKey> hosts;
    const auto add_host = [&](std::string name, const Domain* superordinate) {
      Host host;
      host.key = HostKey{2'000'000 + std::ssize(hosts)};
      host.name = DomainName::Trusted(std::move(name));
      host.created = kNow;
      if (superordinate == nullptr) {
        host.sponsor = host.creator = registry::RegistrarKey{1};
      } else {
        host.superordinate = superordinate->key;
        if (!dice.OneIn(9)) host.addresses.push_back(IpAddress("192.0.2.1"));
        if (dice.OneIn(2)) host.addresses.push_back(IpAddress("2001:db8::1"));
        host.ttls = {ChosenTtl(dice), ChosenTtl(dice)};
      }
      hosts.push_back(host.key);
      changes.Insert(std::move(host));
    };
    for (int i = 0; i < 20; ++i) add_host(registry::Concat("ns", i, ".example.com"), nullptr);
    for (const Domain& domain : domains) {
      const std::string prefix = dice.Of(std::vector<std::string>{"", "ns1.", "ns2.", "a.b."});
      std::string superordinate = domain.name.text();
      // Below either name of a bundle.
      if (domain.name.tld() == "ngo" && dice.OneIn(2)) {
        superordinate = registry::Concat(domain.name.label(), ".ong");
      }
      if (dice.OneIn(4)) add_host(prefix + superordinate, &domain);
    }
    for (Domain& domain : domains) {
      for (size_t i = dice.Below(5); i > 0; --i) domain.name_servers.push_back(dice.Of(hosts));
      std::ranges::sort(domain.name_servers);
      const auto [first, last] = std::ranges::unique(domain.name_servers);
      domain.name_servers.erase(first, last);
      changes.Insert(std::move(domain));
    }
    registry::store::BulkInsert insert({registry::kOperator, "test", scene_.clock.Now()});
    insert.Add(changes);
    auto connection = Open();
    absl::Status status = connection->Script("BEGIN");
    if (status.ok()) status = insert.CopyObjects(*connection);
    if (status.ok()) status = connection->Script("COMMIT");
    EXPECT_TRUE(status.ok()) << status;
  }

  // The slow way.
  std::string Reference(const registry::TldPolicy& policy, const registry::Directory& directory) {
    std::map<HostKey, Host> hosts;
    EXPECT_TRUE(connection_
                    ->CopyOut(registry::Concat("COPY (SELECT ", registry::store::kHostColumns,
                                               " FROM hosts) TO STDOUT (FORMAT binary)"),
                              [&](registry::store::RowReader row) {
                                Host host = registry::store::ReadHost(row);
                                const HostKey key = host.key;
                                hosts.emplace(key, std::move(host));
                                return absl::OkStatus();
                              })
                    .ok());
    struct Piece {
      std::string name;
      bool glue;
      std::string lines;
    };
    std::vector<Piece> pieces;
    std::set<std::string> with_glue;
    const ZoneText text(policy);
    const auto static_owners = StaticOwners(policy);
    delegations_ = 0;
    used_.clear();
    const auto add = [&](const Delegation& delegation) {
      Piece piece{delegation.name.text(), false, {}};
      text.AppendDelegation(delegation, piece.lines);
      pieces.push_back(std::move(piece));
      for (const Delegation::Glue& glue : delegation.glue) {
        if (static_owners.contains(glue.host.text())) continue;
        if (!with_glue.insert(glue.host.text()).second) continue;
        Piece lines{glue.host.text(), true, {}};
        text.AppendGlue(glue, lines.lines);
        pieces.push_back(std::move(lines));
      }
    };
    const auto status = connection_->CopyOut(
        registry::Concat("COPY (SELECT ", registry::store::kDomainColumns,
                         " FROM domains) TO STDOUT (FORMAT binary)"),
        [&](registry::store::RowReader row) {
          Domain domain = registry::store::ReadDomain(row);
          const auto second = directory.bundles().Other(domain.name);
          if (second && second->tld() == policy.tld) domain = registry::ShownAs(domain, *second);
          if (domain.name.tld() != policy.tld) return absl::OkStatus();
          const auto projection = registry::Project(domain, kNow, directory);
          if (!projection.domain) return absl::OkStatus();
          std::vector<const Host*> servers;
          for (HostKey key : projection.domain->name_servers) servers.push_back(&hosts.at(key));
          const Delegation delegation = registry::DelegationOf(*projection.domain, servers);
          if (delegation.empty()) return absl::OkStatus();
          add(delegation);
          ++delegations_;
          used_.insert(projection.domain->name_servers.begin(),
                       projection.domain->name_servers.end());
          return absl::OkStatus();
        });
    EXPECT_TRUE(status.ok()) << status;
    std::ranges::sort(pieces, [](const Piece& a, const Piece& b) {
      return a.name == b.name ? a.glue < b.glue : CanonicalLess(a.name, b.name);
    });
    std::string zone = text.Head(1) + text.Apex();
    for (const Piece& piece : pieces) zone += piece.lines;
    return zone;
  }

  registry::store::StoreScene scene_;
  const tests::TemporaryFolder folder_;
  std::unique_ptr<Connection> connection_;
  int64_t delegations_ = 0;
  absl::flat_hash_set<HostKey> used_;
};

TEST_F(RandomZoneTest, IsWhatEveryRowContributesByItself) {
  const auto directory = registry::store::ReadDirectory(scene_.database);
  ASSERT_TRUE(directory.ok()) << directory.status();
  for (const std::string tld : {"org", "ngo", "ong"}) {
    const registry::TldPolicy& policy = *(*directory)->Tld(tld);
    const std::string expected = Reference(policy, **directory);
    EXPECT_GT(delegations_, 200) << tld;
    EXPECT_NE(expected.find("\tDS\t"), std::string::npos);
    EXPECT_NE(expected.find("\tAAAA\t"), std::string::npos);
    for (const int connections : {1, 2, 5}) {
      ZoneBuilder builder(policy, kNow, connections);
      const absl::Status read = registry::store::ScanZone(
          {.database = scene_.database, .tld = tld, .connections = connections, .pages_at_once = 2},
          builder);
      ASSERT_TRUE(read.ok()) << read;
      const std::string file = folder_.Path(tld + ".zone");
      auto out = OutputFile::Create(file);
      ASSERT_TRUE(out.ok()) << out.status();
      ASSERT_TRUE(builder.Write(1, **out).ok());
      ASSERT_TRUE((*out)->Publish().ok());
      EXPECT_EQ(tests::ReadFile(file), expected) << tld << ", connections: " << connections;
      EXPECT_EQ(builder.delegations(), delegations_);
      EXPECT_EQ(builder.TakeHosts(), used_);
      if (HasFailure()) return;
    }
  }
}

}  // namespace
}  // namespace zonegen
