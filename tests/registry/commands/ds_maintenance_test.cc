#include "registry/commands/ds_maintenance.h"

#include <gmock/gmock.h>

#include "registry/commands/operator_changes.h"
#include "registry/types/dns_key.h"
#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

DsRecord Ds(uint16_t tag) { return {tag, 13, 2, std::string(32, 'x')}; }

class DsMaintenanceTest : public testing::Test {
 protected:
  DsMaintenanceTest() : domain(scene.AddDomain("example.org")) {
    scene.Delegate(domain, {"ns1.example.net", "ns2.example.net"});
    domain.ds = {Ds(1)};
    scene.asker = kOperator;
    command = {domain.name, domain.key, domain.ds, domain.name_servers, {Ds(2), Ds(1)}};
  }
  std::string_view Reason() { return ReasonOf(scene.Run(command)); }
  std::string_view Commit() { return ReasonOf(scene.Commit(command)); }

  Scene scene;
  Domain& domain;
  DsMaintenance command;
};

TEST_F(DsMaintenanceTest, PutsOtherRecordsInTheirPlace) {
  Domain expected = domain;
  EXPECT_EQ(Commit(), "accepted");
  expected.ds = {Ds(1), Ds(2)};
  expected.updater = kOperator;
  expected.updated = scene.now;
  ++expected.version;
  EXPECT_EQ(domain, expected);
  EXPECT_THAT(scene.ledger, IsEmpty());
}

TEST_F(DsMaintenanceTest, TakesThemAway) {
  command.ds = {};
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_THAT(domain.ds, IsEmpty());
}

TEST_F(DsMaintenanceTest, BringsTheFirst) {
  domain.ds = command.seen = {};
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_THAT(domain.ds, ElementsAre(Ds(1), Ds(2)));
}

TEST_F(DsMaintenanceTest, DoesItOnce) {
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_EQ(Commit(), kDelegationChanged.id);
}

TEST_F(DsMaintenanceTest, GoesByWhatWasLookedAt) {
  const Domain before = domain;
  domain.ds = {Ds(3)};
  EXPECT_EQ(Reason(), kDelegationChanged.id) << "the registrar was faster";
  domain = before;
  domain.name_servers.pop_back();
  EXPECT_EQ(Reason(), kDelegationChanged.id) << "other servers answer now";
  domain = before;
  command.domain = DomainKey{4711};
  EXPECT_EQ(Reason(), kDelegationChanged.id) << "deleted, and registered anew";
}

TEST_F(DsMaintenanceTest, IsHeldUpByTheRegistryAndNotByTheRegistrarsLock) {
  for (const Status status :
       {Status::kClientHold, Status::kServerHold, Status::kServerUpdateProhibited}) {
    domain.statuses = {status};
    EXPECT_EQ(Reason(), kUpdateProhibited.id) << StatusName(status);
  }
  domain.statuses = {Status::kClientUpdateProhibited, Status::kServerTransferProhibited};
  EXPECT_EQ(Reason(), "accepted");
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + absl::Hours(1);
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
}

TEST_F(DsMaintenanceTest, TellsTheSponsorWhatIsThereNow) {
  WorkingSet set = scene.Load({[&] {
                                Needs needs = NeedsOf(command);
                                AddWhatIsShown(&needs);
                                return needs;
                              }()},
                              scene.now);
  auto applied = Apply(command, scene.context(), set);
  ASSERT_TRUE(applied.ok());
  TellSponsors({"CDS", "", ""}, "domain-update-cds", scene.context(), set, &applied->changes);
  ASSERT_THAT(applied->changes.messages, SizeIs(1));
  const PollMessage& message = applied->changes.messages.front();
  EXPECT_EQ(message.registrar, kGold);
  EXPECT_EQ(message.text, "The registry did this to the domain example.org: update (CDS)");
  const auto notice = ParseChangeNotice(message.detail);
  ASSERT_TRUE(notice.has_value());
  EXPECT_EQ(notice->operation, "update");
  EXPECT_THAT(notice->fields, testing::Contains(ChangeNotice::Field{"ds", "", Ds(2).ToString()}));
}

TEST_F(DsMaintenanceTest, ChangesEitherNameOfABundleByItself) {
  TldPolicy partner = *scene.directory.Tld("org");
  partner.tld = "ong";
  partner.bundle_of = "org";
  scene.directory.Add(partner);
  domain.partner_ds = {Ds(7)};
  command.name = DomainName("example.ong");
  command.seen = {Ds(7)};
  command.ds = {Ds(8)};
  EXPECT_EQ(Commit(), "accepted");
  EXPECT_THAT(domain.ds, ElementsAre(Ds(1)));
  EXPECT_THAT(domain.partner_ds, ElementsAre(Ds(8)));
}

TEST_F(DsMaintenanceTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DsMaintenance&) = {
      [](Scene& s, DsMaintenance&) { s.asker = kGold; },
      [](Scene&, DsMaintenance& c) { c.name = DomainName("b.org"); },
      [](Scene&, DsMaintenance& c) { c.domain = DomainKey{4711}; },
      [](Scene& s, DsMaintenance&) {
        s.domain("example.org").statuses.Add(Status::kServerUpdateProhibited);
      },
      [](Scene& s, DsMaintenance& c) { c.ds = s.domain("example.org").ds; },
      [](Scene& s, DsMaintenance& c) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kDs; });
        c.ds = {DnsKey{257, 15, std::string(32, 'k')}.DsFor(c.name)};
      },
      [](Scene& s, DsMaintenance&) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kKey; });
      },
      [](Scene& s, DsMaintenance&) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_ds = 1; });
      },
  };
  ExpectReasonsInOrder(scene, command, kDsMaintenanceReasons, spoil);
}

}  // namespace
}  // namespace registry
