#include "registry/commands/domain_update.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/support/reasons.h"
#include "tests/support/scene.h"

namespace registry {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DsRecord Ds(char digit) { return *DsRecord::Parse("12345 13 2 " + std::string(64, digit)); }

class DomainUpdateTest : public testing::Test {
 protected:
  DomainUpdateTest() : domain(scene.AddDomain("example.org")) {
    command.name = domain.name;
    scene.AddContact("jon");
    scene.AddContact("joyce");
    scene.AddHost("ns2.example.net");
    scene.AddHost("ns3.example.net");
    scene.Delegate(domain, {"ns1.example.net"});
    domain.contacts = {{ContactRole::kAdmin, scene.contact("jon").key}};
    domain.statuses = {Status::kClientHold};
    domain.ds = {Ds('A')};
  }

  std::string_view Reason() { return ReasonOf(scene.Run(command)); }
  void ExpectAccepted() { ASSERT_EQ(ReasonOf(scene.Commit(command)), "accepted"); }
  HostKey Host(std::string_view name) { return scene.host(name).key; }
  OrganizationLink Reseller(std::string_view id) {
    return {OrganizationRole::kReseller, scene.organization(id).key, OrganizationId(id)};
  }
  void LinkWith(std::string_view reseller) {
    domain.organizations = std::vector<OrganizationLink>{Reseller(reseller)};
  }

  Scene scene;
  Domain& domain;
  DomainUpdate command;
};

TEST_F(DomainUpdateTest, AddsAndRemovesAndSaysWhoAndWhen) {
  command.add.name_servers = {DomainName("ns3.example.net"), DomainName("ns2.example.net")};
  command.remove.name_servers = {DomainName("ns1.example.net")};
  command.add.contacts = {{ContactRole::kTech, ContactId("jon")},
                          {ContactRole::kAdmin, ContactId("joyce")}};
  command.remove.contacts = {{ContactRole::kAdmin, ContactId("jon")}};
  command.add.statuses = {Status::kClientRenewProhibited};
  command.remove.statuses = {Status::kClientHold};
  command.add.ds = {Ds('C'), Ds('B')};
  command.remove.ds = {Ds('A')};
  Domain expected = domain;
  expected.name_servers = {Host("ns2.example.net"), Host("ns3.example.net")};
  expected.contacts = {{ContactRole::kAdmin, scene.contact("joyce").key},
                       {ContactRole::kTech, scene.contact("jon").key}};
  expected.statuses = {Status::kClientRenewProhibited};
  expected.ds = {Ds('B'), Ds('C')};
  expected.updater = kGold;
  expected.updated = scene.now;
  expected.version = 2;
  ExpectAccepted();
  EXPECT_EQ(domain, expected);
}

TEST_F(DomainUpdateTest, CostsNothing) {
  command.remove.statuses = {Status::kClientHold};
  ExpectAccepted();
  EXPECT_TRUE(scene.ledger.empty());
}

TEST_F(DomainUpdateTest, ChangesTheRegistrantAndTheAuthInfo) {
  command.change_registrant = true;
  command.registrant = ContactId("jon");
  command.auth = AuthInfo("another-secret-another").Seal({});
  ExpectAccepted();
  EXPECT_EQ(domain.registrant, scene.contact("jon").key);
  EXPECT_EQ(domain.auth, command.auth);
  command = {};
  command.name = domain.name;
  command.auth = SealedAuthInfo();
  ExpectAccepted();
  EXPECT_FALSE(domain.auth.is_set());
  EXPECT_EQ(domain.registrant, scene.contact("jon").key) << "not asked for";
}

TEST_F(DomainUpdateTest, ReplacesAllDsRecords) {
  command.remove_all_ds = true;
  command.add.ds = {Ds('A'), Ds('B')};
  ExpectAccepted();
  EXPECT_THAT(domain.ds, ElementsAre(Ds('A'), Ds('B'))) << "also by one that was there";
  command.add.ds.clear();
  ExpectAccepted();
  EXPECT_THAT(domain.ds, IsEmpty());
  EXPECT_EQ(Reason(), "accepted") << "nothing left to remove is fine";
}

TEST_F(DomainUpdateTest, RefusesWhatIsThereAndWhatIsNotOfEveryKind) {
  const DomainUpdate blank = command;
  void (*const present[])(DomainUpdate::Part&) = {
      [](DomainUpdate::Part& p) { p.name_servers = {DomainName("ns1.example.net")}; },
      [](DomainUpdate::Part& p) {
        p.contacts = {{ContactRole::kAdmin, ContactId("jon")}};
      },
      [](DomainUpdate::Part& p) { p.statuses = {Status::kClientHold}; },
      [](DomainUpdate::Part& p) { p.ds = {Ds('A')}; },
  };
  for (const auto& name : present) {
    command = blank;
    name(command.add);
    EXPECT_EQ(Reason(), kAlreadyPresent.id);
    name(command.remove);
    EXPECT_EQ(Reason(), kDuplicateValue.id);
    command.add = {};
    EXPECT_EQ(Reason(), "accepted");
  }
  void (*const absent[])(DomainUpdate::Part&) = {
      [](DomainUpdate::Part& p) { p.name_servers = {DomainName("ns2.example.net")}; },
      [](DomainUpdate::Part& p) {
        p.contacts = {{ContactRole::kTech, ContactId("jon")}};
      },
      [](DomainUpdate::Part& p) { p.statuses = {Status::kClientRenewProhibited}; },
      [](DomainUpdate::Part& p) { p.ds = {Ds('B')}; },
  };
  for (const auto& name : absent) {
    command = blank;
    name(command.remove);
    EXPECT_EQ(Reason(), kNotPresent.id);
  }
}

TEST_F(DomainUpdateTest, RefusesAValueNamedTwice) {
  command.add.name_servers = {DomainName("ns2.example.net"), DomainName("ns2.example.net")};
  EXPECT_EQ(Reason(), kDuplicateValue.id);
  EXPECT_EQ(scene.Run(command).rejection().subject, "ns2.example.net");
}

TEST_F(DomainUpdateTest, NamesTheRoleOfAContactThatItRefuses) {
  command.add.contacts = {{ContactRole::kAdmin, ContactId("jon")}};
  ASSERT_EQ(Reason(), kAlreadyPresent.id);
  EXPECT_EQ(scene.Run(command).rejection().subject, "jon as admin");
  command.add.contacts = {{ContactRole::kTech, ContactId("jon")},
                          {ContactRole::kTech, ContactId("jon")}};
  ASSERT_EQ(Reason(), kDuplicateValue.id);
  EXPECT_EQ(scene.Run(command).rejection().subject, "jon as tech");
}

TEST_F(DomainUpdateTest, IsNotEmptyWhenItAsksForWhatIsNotOffered) {
  command.unacceptable = Reject(kHostAttributesNotOffered);
  EXPECT_EQ(Reason(), kHostAttributesNotOffered.id);
  scene.asker = kSilver;
  EXPECT_EQ(Reason(), kNotSponsor.id);
}

TEST_F(DomainUpdateTest, OrdersReasonsAcrossKinds) {
  command.add.name_servers = {DomainName("ns1.example.net")};
  EXPECT_EQ(Reason(), kAlreadyPresent.id);
  command.remove.ds = {Ds('B')};
  EXPECT_EQ(Reason(), kNotPresent.id);
  command.add.contacts = {{ContactRole::kTech, ContactId("jon")},
                          {ContactRole::kTech, ContactId("jon")}};
  EXPECT_EQ(Reason(), kDuplicateValue.id);
  command.add.name_servers = {DomainName("ns9.example.net")};
  EXPECT_EQ(Reason(), kHostNotFound.id);
  command.remove.contacts = {{ContactRole::kTech, ContactId("nobody")}};
  EXPECT_EQ(Reason(), kContactNotFound.id);
}

TEST_F(DomainUpdateTest, PassesClientUpdateProhibitedOnlyByTakingItAway) {
  domain.statuses.Add(Status::kClientUpdateProhibited);
  command.remove.statuses = {Status::kClientHold};
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
  command.remove.statuses.Add(Status::kClientUpdateProhibited);
  EXPECT_EQ(Reason(), "accepted");
  domain.statuses.Add(Status::kServerUpdateProhibited);
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
}

TEST_F(DomainUpdateTest, LetsTheOperatorLockAndUnlock) {
  scene.asker = kOperator;
  command.add.statuses = {Status::kServerUpdateProhibited, Status::kServerTransferProhibited};
  ExpectAccepted();
  EXPECT_EQ(domain.updater, kOperator);
  command.remove = command.add;
  command.add = {};
  ExpectAccepted();
  EXPECT_EQ(domain.statuses, (StatusSet{Status::kClientHold}));
}

TEST_F(DomainUpdateTest, LeavesServerStatusesToTheOperatorAndTheRestToNobody) {
  domain.statuses.Add(Status::kServerHold);
  command.remove.statuses = {Status::kServerHold};
  EXPECT_EQ(Reason(), kStatusRange.id);
  scene.asker = kOperator;
  EXPECT_EQ(Reason(), "accepted");
  for (const Status status : {Status::kInactive, Status::kLinked, Status::kOk,
                              Status::kPendingDelete, Status::kPendingTransfer}) {
    command.add.statuses = {status};
    EXPECT_EQ(Reason(), kStatusRange.id) << StatusName(status);
  }
}

TEST_F(DomainUpdateTest, IsRefusedOnceDeletedEvenToTheOperator) {
  domain.phase = DomainPhase::kRedemption;
  domain.phase_ends = scene.now + absl::Hours(1);
  command.remove.statuses = {Status::kClientHold};
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
  scene.asker = kOperator;
  EXPECT_EQ(Reason(), kUpdateProhibited.id);
}

TEST_F(DomainUpdateTest, MayShrinkAListThatIsBeyondALoweredLimit) {
  scene.ChangePolicy([](TldPolicy& policy) { policy.max_name_servers = 1; });
  scene.Delegate(domain, {"ns2.example.net", "ns3.example.net"});
  command.remove.name_servers = {DomainName("ns1.example.net")};
  EXPECT_EQ(Reason(), "accepted");
  command.add.name_servers = {DomainName("ns4.example.net")};
  scene.AddHost("ns4.example.net");
  EXPECT_EQ(Reason(), "accepted") << "as many as before";
  command.remove = {};
  EXPECT_EQ(Reason(), kTooManyNameServers.id);
}

TEST_F(DomainUpdateTest, TakesNoContactsUnderTheMinimumDataModel) {
  scene.ChangePolicy([](TldPolicy& p) { p.data_model = TldPolicy::DataModel::kMinimum; });
  command.change_registrant = true;
  command.registrant = ContactId("jon");
  EXPECT_EQ(Reason(), kRegistrantRefused.id);
  command.registrant.reset();
  command.remove.contacts = {{ContactRole::kAdmin, ContactId("jon")}};
  EXPECT_EQ(Reason(), "accepted") << "what is left from before may go";
  command.add.contacts = {{ContactRole::kTech, ContactId("jon")}};
  EXPECT_EQ(Reason(), kRegistrantRefused.id);
}

TEST_F(DomainUpdateTest, MayDelegateToItsOwnHosts) {
  scene.AddHost("ns1.example.org");
  command.add.name_servers = {DomainName("ns1.example.org")};
  EXPECT_EQ(Reason(), "accepted");
  scene.host("ns1.example.org").addresses.clear();
  EXPECT_EQ(Reason(), kHostWithoutAddress.id);
}

TEST_F(DomainUpdateTest, MayRemoveAHostWithoutAddress) {
  scene.AddHost("ns1.example.org").addresses.clear();
  scene.Delegate(domain, {"ns1.example.org"});
  command.remove.name_servers = {DomainName("ns1.example.org")};
  EXPECT_EQ(Reason(), "accepted");
}

TEST_F(DomainUpdateTest, ChoosesTtlsAndTakesThemBack) {
  scene.ChangePolicy([](TldPolicy& p) { p.max_ns_ttl = p.max_ds_ttl = 86400; });
  DomainUpdate update;
  update.name = command.name;
  update.ttls = {{"DS", 300}, {"NS", 86400}};
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_EQ(scene.domain(command.name.text()).ttls, (DelegationTtls{86400, 300}));
  update.ttls = {{"NS", {}}};
  ASSERT_EQ(ReasonOf(scene.Commit(update)), "accepted");
  EXPECT_EQ(scene.domain(command.name.text()).ttls, (DelegationTtls{{}, 300}));
}

TEST_F(DomainUpdateTest, LinksAndLeavesOrganizations) {
  scene.AddOrganization("res1");
  scene.AddOrganization("res2").roles = {{OrganizationRole::kPrivacyProxy, "", {}},
                                         {OrganizationRole::kReseller, "", {}}};
  using enum OrganizationRole;
  command.organizations.add = {{kReseller, OrganizationId("res1")}};
  ExpectAccepted();
  EXPECT_THAT(*domain.organizations, ElementsAre(Reseller("res1")));

  command.organizations = {{}, {}, {{kReseller, OrganizationId("res2")}}};
  ExpectAccepted();
  EXPECT_THAT(*domain.organizations, ElementsAre(Reseller("res2")));

  // Removals come first.
  command.organizations = {
      {{kReseller, OrganizationId("res2")}},
      {{kReseller, OrganizationId("res1")}, {kPrivacyProxy, OrganizationId("res2")}},
      {}};
  ExpectAccepted();
  EXPECT_THAT(*domain.organizations,
              ElementsAre(OrganizationLink{kPrivacyProxy, scene.organization("res2").key,
                                           OrganizationId("res2")},
                          Reseller("res1")));

  // Whoever it is.
  command.organizations = {{{kReseller, {}}, {kPrivacyProxy, {}}}, {}, {}};
  ExpectAccepted();
  EXPECT_FALSE(domain.organizations.has_value());
}

TEST_F(DomainUpdateTest, LeavesTheOrganizationThatIsNamedOnly) {
  scene.AddOrganization("res1");
  scene.AddOrganization("res2");
  LinkWith("res1");
  command.organizations.remove = {{OrganizationRole::kReseller, OrganizationId("res2")}};
  EXPECT_EQ(Reason(), kRoleVacant.id);
  command.organizations = {{}, {}, {{OrganizationRole::kReseller, OrganizationId("res2")}}};
  EXPECT_EQ(Reason(), "accepted");
  domain.organizations.reset();
  EXPECT_EQ(Reason(), kRoleVacant.id);
}

TEST_F(DomainUpdateTest, LinksNoOrganizationThatIsAtRest) {
  Organization& organization = scene.AddOrganization("res1");
  command.organizations.add = {{OrganizationRole::kReseller, organization.id}};
  for (const Status status : {Status::kHold, Status::kTerminated, Status::kClientLinkProhibited,
                              Status::kServerLinkProhibited}) {
    organization.statuses = {status};
    EXPECT_EQ(Reason(), kLinkProhibited.id) << StatusName(status);
  }
  organization.statuses = {Status::kClientUpdateProhibited, Status::kClientDeleteProhibited};
  EXPECT_EQ(Reason(), "accepted");
}

TEST_F(DomainUpdateTest, HoldsWhatItLinksUntilTheCommit) {
  command.organizations = {{{OrganizationRole::kReseller, {}}},
                           {{OrganizationRole::kReseller, OrganizationId("res1")}},
                           {{OrganizationRole::kDnsOperator, OrganizationId("dns1")}}};
  const Needs needs = NeedsOf(command);
  ASSERT_EQ(needs.organizations.size(), 2u);
  for (const auto& need : needs.organizations) {
    EXPECT_EQ(need.lock, Lock::kReference);
    EXPECT_FALSE(need.links);
  }
}

TEST_F(DomainUpdateTest, ReasonsApplyInTheirDocumentedOrder) {
  void (*const spoil[])(Scene&, DomainUpdate&) = {
      [](Scene&, DomainUpdate& c) {
        c = {};
        c.name = DomainName("missing.org");
      },
      [](Scene&, DomainUpdate& c) { c.add.statuses = {Status::kServerHold}; },
      [](Scene&, DomainUpdate& c) { c.name = DomainName("missing.org"); },
      [](Scene& s, DomainUpdate&) { s.asker = kSilver; },
      [](Scene& s, DomainUpdate&) {
        s.ChangeRegistrar(kGold, [](Registrar& r) { r.tlds = {"ngo"}; });
      },
      [](Scene& s, DomainUpdate&) {
        s.domain("example.org").statuses.Add(Status::kServerUpdateProhibited);
      },
      [](Scene& s, DomainUpdate& c) {
        s.domain("example.org").transfer = Transfer{.acted = absl::InfiniteFuture()};
        c.add.statuses = {Status::kClientTransferProhibited};
      },
      [](Scene&, DomainUpdate& c) {
        c.change_registrant = true;
        c.registrant = ContactId("nobody");
      },
      [](Scene&, DomainUpdate& c) {
        c.add.contacts.push_back({ContactRole::kTech, ContactId("nobody")});
      },
      [](Scene&, DomainUpdate& c) { c.add.name_servers.push_back(DomainName("ns9.example.net")); },
      [](Scene&, DomainUpdate& c) { c.organizations.add[0].id = OrganizationId("nobody"); },
      [](Scene& s, DomainUpdate& c) {
        s.AddHost("ns1.example.org").addresses.clear();
        c.add.name_servers.push_back(DomainName("ns1.example.org"));
      },
      [](Scene& s, DomainUpdate&) { s.organization("res1").sponsor = kSilver; },
      [](Scene& s, DomainUpdate&) {
        s.organization("res1").statuses = {Status::kClientLinkProhibited};
      },
      [](Scene&, DomainUpdate& c) {
        c.organizations.add = {{OrganizationRole::kDnsOperator, OrganizationId("res1")}};
      },
      [](Scene&, DomainUpdate& c) {
        c.organizations.remove = {{OrganizationRole::kDnsOperator, {}}};
      },
      [](Scene&, DomainUpdate& c) {
        c.organizations.add = {{OrganizationRole::kReseller, OrganizationId("res1")}};
      },
      [](Scene&, DomainUpdate& c) { c.unacceptable = Reject(kHostAttributesNotOffered); },
      [](Scene&, DomainUpdate& c) { c.unacceptable = Reject(kKeyMismatch); },
      [](Scene&, DomainUpdate& c) { c.unacceptable = Reject(kRoleNotOffered); },
      [](Scene&, DomainUpdate& c) { c.unacceptable = Reject(kDuplicateValue); },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kDs; });
        c.add.ds = {KeyRecord(c.name)};
      },
      [](Scene& s, DomainUpdate&) {
        s.ChangePolicy([](TldPolicy& p) { p.ds_interface = TldPolicy::DsInterface::kKey; });
      },
      [](Scene&, DomainUpdate& c) { c.remove.statuses = {Status::kClientRenewProhibited}; },
      [](Scene&, DomainUpdate& c) { c.add.ds.push_back(Ds('A')); },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_name_servers = 1; });
        c.add.name_servers = {DomainName("ns2.example.net")};
      },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_contacts = 1; });
        c.add.contacts = {{ContactRole::kTech, ContactId("jon")}};
      },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& policy) { policy.max_ds = 1; });
        c.add.ds = {Ds('B')};
      },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.data_model = TldPolicy::DataModel::kMaximum; });
        c.registrant.reset();
      },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.data_model = TldPolicy::DataModel::kMinimum; });
        c.change_registrant = true;
        c.registrant = ContactId("jon");
      },
      [](Scene&, DomainUpdate& c) { c.auth_weak = true; },
      [](Scene&, DomainUpdate& c) {
        c.ttls.push_back({"DNAME", 3600});
      },
      [](Scene& s, DomainUpdate& c) {
        s.ChangePolicy([](TldPolicy& p) { p.max_ns_ttl = 86400; });
        c.ttls = {{"NS", 299}};
      },
  };
  scene.AddOrganization("res1");
  LinkWith("res1");
  command.auth = SealedAuthInfo();
  ExpectReasonsInOrder(scene, command, kDomainUpdateReasons, spoil);
}

}  // namespace
}  // namespace registry
