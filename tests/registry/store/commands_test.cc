// Every command through the store, and what becomes of the database.
#include <gtest/gtest.h>

#include "registry/base/text.h"
#include "registry/commands/contact_check.h"
#include "registry/commands/contact_delete.h"
#include "registry/commands/contact_info.h"
#include "registry/commands/contact_lookup.h"
#include "registry/commands/contact_update.h"
#include "registry/commands/domain_check.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_info.h"
#include "registry/commands/domain_lookup.h"
#include "registry/commands/domain_materialize.h"
#include "registry/commands/domain_renew.h"
#include "registry/commands/domain_transfer_request.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_check.h"
#include "registry/commands/host_delete.h"
#include "registry/commands/host_info.h"
#include "registry/commands/host_lookup.h"
#include "registry/commands/host_update.h"
#include "registry/commands/idn_apply.h"
#include "registry/commands/login_failed.h"
#include "registry/commands/login_succeeded.h"
#include "registry/commands/organization_check.h"
#include "registry/commands/organization_create.h"
#include "registry/commands/organization_delete.h"
#include "registry/commands/organization_info.h"
#include "registry/commands/organization_update.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/commands/poll_request.h"
#include "registry/commands/registrar_create.h"
#include "registry/commands/registrar_deposit.h"
#include "registry/commands/registrar_password.h"
#include "registry/commands/registrar_update.h"
#include "registry/commands/tld_apply.h"
#include "registry/store/operator_reader.h"
#include "registry/store/password.h"
#include "registry/store/variant_keys.h"
#include "tests/registry/store/store_scene.h"

namespace registry::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// How many messages tell of a low balance, and what the last one says.
int64_t LowBalances(StoreScene& scene) {
  return scene.Number("SELECT count(*) FROM poll_messages WHERE text LIKE 'Low balance%'");
}

TEST(StoreCommandsTest, ALowBalanceIsToldOnceEachTimeItIsReached) {
  StoreScene scene;
  const int64_t balance =
      scene.Number(Concat("SELECT balance FROM balances WHERE registrar = ", Number(scene.gold)));
  RegistrarUpdate update;
  update.id = RegistrarId("gold");
  update.credit_limit = Money{100};
  update.low_balance = Money{balance + 100 - 1000};
  ASSERT_EQ(scene.Code(kOperator, update), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);  // 9.00: still enough
  EXPECT_EQ(LowBalances(scene), 0);
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("b.org")), ResultCode::kOk);
  EXPECT_EQ(LowBalances(scene), 1);
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("c.org")), ResultCode::kOk);
  EXPECT_EQ(LowBalances(scene), 1) << "it was below already";
  ASSERT_EQ(scene.Code(kOperator, RegistrarDeposit{RegistrarId("gold"), Money{2700}, "paid"}),
            ResultCode::kOk);
  EXPECT_EQ(LowBalances(scene), 1);
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("d.org")), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("e.org")), ResultCode::kOk);
  EXPECT_EQ(LowBalances(scene), 2);
  EXPECT_EQ(scene.Number(
                Concat("SELECT count(*) FROM poll_messages WHERE registrar = ", Number(scene.gold),
                       " AND text LIKE '% USD left to spend, less than ",
                       FormatMoney(*update.low_balance), "'")),
            2);
}

TEST(StoreCommandsTest, CreatesADomainThatIsThenSeenWithAllThatItRefersTo) {
  StoreScene scene;
  const auto created = scene.Run(scene.gold, CreateOrg("a.org"));
  ASSERT_TRUE(created.status.ok()) << created.status;
  ASSERT_TRUE(created.outcome->ok()) << created.outcome->rejection().reason.id;
  EXPECT_GT(created.number, 0);

  const auto info = scene.Run(scene.gold, DomainInfo{DomainName("a.org")});
  ASSERT_TRUE(info.outcome->ok());
  const DomainInfoAnswer& answer = **info.outcome;
  EXPECT_EQ(answer.domain.key, DomainKey{created.number});
  EXPECT_EQ(answer.domain.sponsor, scene.gold);
  EXPECT_EQ(answer.domain.created, (*created.outcome)->created);
  EXPECT_EQ(answer.domain.expires, (*created.outcome)->expires);
  EXPECT_THAT(answer.name_servers,
              ElementsAre(DomainName("ns1.example.net"), DomainName("ns2.example.net")));
  EXPECT_EQ(answer.registrant, ContactId("holder"));
  EXPECT_EQ(answer.contacts.size(), 2u);
  EXPECT_THAT(answer.rgp_statuses, ElementsAre("addPeriod"));
  EXPECT_TRUE(AuthInfo(kSecret).Opens(answer.domain.auth));
  EXPECT_EQ(answer.domain.grace.size(), 1u);

  const auto lookup = scene.Run(kPublic, DomainLookup{DomainName("a.org")});
  ASSERT_TRUE(lookup.outcome->ok());
  ASSERT_EQ((*lookup.outcome)->contacts.size(), 3u);
  const Contact& registrant = *(*lookup.outcome)->contacts[0].contact;
  EXPECT_EQ(registrant.international, CreateContact("holder").international);
  EXPECT_EQ(registrant.voice, CreateContact("holder").voice);
  EXPECT_EQ(registrant.fax, std::nullopt);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, TakesAndGivesBackMoney) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("a.ngo")), ResultCode::kOk);
  const std::string balance =
      "SELECT balance FROM balances WHERE registrar = " + std::to_string(Number(scene.gold));
  EXPECT_EQ(scene.Number(balance), 100'000'00 - 900);
  ASSERT_EQ(scene.Code(scene.gold, DomainDelete{DomainName("a.ngo")}), ResultCode::kOk);
  EXPECT_EQ(scene.Number(balance), 100'000'00);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE domain IS NOT NULL"), 2);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM domains"), 0);
  EXPECT_EQ(scene.Query("SELECT name FROM former_names"), "a.ngo");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, RunsEveryCommandOfADomainsLife) {
  StoreScene scene;
  const DomainName name("a.org");
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.silver, CreateOrg("a.org")), ResultCode::kObjectExists);

  DomainCheck check;
  for (const char* text : {"a.org", "b.org"}) check.names.push_back({text, DomainName(text)});
  const auto checked = scene.Run(scene.silver, check);
  EXPECT_FALSE((*checked.outcome)->items[0].available);
  EXPECT_TRUE((*checked.outcome)->items[1].available);

  const auto info = scene.Run(scene.gold, DomainInfo{name});
  DomainRenew renew{name, UtcDay((*info.outcome)->domain.expires), Years(2)};
  const auto renewed = scene.Run(scene.gold, renew);
  ASSERT_TRUE(renewed.outcome->ok()) << renewed.outcome->rejection().reason.id;
  EXPECT_EQ(scene.Code(scene.gold, renew), ResultCode::kParameterRange);

  ASSERT_EQ(scene.Code(scene.gold,
                       CreateHost("ns.a.org", {IpAddress("192.0.2.7"), IpAddress("2001:db8::7")})),
            ResultCode::kOk);
  DomainUpdate update;
  update.name = name;
  update.add.name_servers = {DomainName("ns.a.org")};
  update.remove.name_servers = {DomainName("ns1.example.net")};
  update.add.statuses = {Status::kClientHold};
  update.add.ds = {DsRecord{12345, 13, 2, std::string(32, '\x1f')}};
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  const auto seen = scene.Run(scene.gold, DomainInfo{name});
  EXPECT_THAT((*seen.outcome)->name_servers,
              ElementsAre(DomainName("ns.a.org"), DomainName("ns2.example.net")));
  EXPECT_THAT((*seen.outcome)->subordinates, ElementsAre(DomainName("ns.a.org")));
  EXPECT_THAT((*seen.outcome)->domain.ds, testing::SizeIs(1));
  EXPECT_EQ((*seen.outcome)->domain.expires, (*renewed.outcome)->expires);

  EXPECT_EQ(scene.Code(scene.gold, DomainDelete{name}), ResultCode::kAssociationProhibits);
  DomainUpdate undelegate;
  undelegate.name = name;
  undelegate.remove.name_servers = {DomainName("ns.a.org")};
  ASSERT_EQ(scene.Code(scene.gold, undelegate), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, HostDelete{DomainName("ns.a.org")}), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, DomainDelete{name}), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, DomainInfo{name}), ResultCode::kObjectMissing);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM links"), 0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, RunsTheCommandsOfHostsAndContacts) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, HostDelete{DomainName("ns1.example.net")}),
            ResultCode::kAssociationProhibits);
  EXPECT_EQ(scene.Code(scene.gold, ContactDelete{ContactId("holder")}),
            ResultCode::kAssociationProhibits);
  const auto host = scene.Run(scene.gold, HostInfo{DomainName("ns1.example.net")});
  ASSERT_TRUE(host.outcome->ok());
  EXPECT_TRUE((*host.outcome)->statuses.Has(Status::kLinked));

  ASSERT_EQ(scene.Code(scene.gold, CreateHost("ns.a.org", {IpAddress("192.0.2.7")})),
            ResultCode::kOk);
  HostUpdate readdress;
  readdress.name = DomainName("ns.a.org");
  readdress.add.addresses = {IpAddress("2001:db8::1"), IpAddress("198.51.100.1")};
  readdress.remove.addresses = {IpAddress("192.0.2.7")};
  ASSERT_EQ(scene.Code(scene.gold, readdress), ResultCode::kOk);
  HostLookup lookup;
  lookup.address = IpAddress("2001:db8::1");
  const auto found = scene.Run(kPublic, lookup);
  ASSERT_TRUE(found.outcome->ok());
  EXPECT_THAT((*found.outcome)->hosts[0].host.addresses,
              ElementsAre(IpAddress("198.51.100.1"), IpAddress("2001:db8::1")));
  lookup.address = IpAddress("192.0.2.7");
  EXPECT_EQ(scene.Code(kPublic, lookup), ResultCode::kObjectMissing);

  HostUpdate rename;
  rename.name = DomainName("ns1.example.net");
  rename.new_name = DomainName("ns9.example.net");
  ASSERT_EQ(scene.Code(scene.gold, rename), ResultCode::kOk);
  const auto info = scene.Run(scene.gold, DomainInfo{DomainName("a.org")});
  EXPECT_EQ((*info.outcome)->name_servers[1], DomainName("ns9.example.net"));
  EXPECT_EQ(scene.Query("SELECT name FROM former_names"), "ns1.example.net");

  HostCheck hosts;
  for (const char* text : {"ns1.example.net", "ns9.example.net"}) {
    hosts.names.push_back({text, DomainName(text)});
  }
  const auto host_check = scene.Run(scene.gold, hosts);
  EXPECT_TRUE((*host_check.outcome)->items[0].available);
  EXPECT_FALSE((*host_check.outcome)->items[1].available);

  ASSERT_EQ(scene.Code(scene.gold, CreateContact("other")), ResultCode::kOk);
  ContactUpdate change;
  change.id = ContactId("other");
  change.add = {Status::kClientDeleteProhibited};
  ASSERT_EQ(scene.Code(scene.gold, change), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, ContactDelete{ContactId("other")}),
            ResultCode::kStatusProhibits);
  const auto contact = scene.Run(scene.gold, ContactInfo{ContactId("other")});
  ASSERT_TRUE(contact.outcome->ok());
  EXPECT_TRUE((*contact.outcome)->statuses.Has(Status::kClientDeleteProhibited));
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

// All there is to one, of the parent top1.
OrganizationCreate CreateReseller() {
  OrganizationCreate create;
  create.id = OrganizationId("res 1");
  create.roles = {{OrganizationRole::kPrivacyProxy, "", {Status::kClientLinkProhibited}},
                  {OrganizationRole::kReseller, "a, {\"b\"}", {}}};
  create.statuses = {Status::kClientLinkProhibited, Status::kTerminated};
  create.parent = OrganizationId("top1");
  create.international =
      PostalInfo{"\"Quoted\\ Ltd\"", "", {"1 Main St"}, "Ann Arbor", "MI", "48104", "US"};
  create.localized.emplace().name = "\u00C4";
  create.voice = Phone{"+1.5555550100", "12"};
  create.fax = Phone{"+1.5555550101", ""};
  create.email = "person@example.net";
  create.url = "https://example.net";
  create.contacts = {{OrganizationContactType::kAbuse, "", ContactId("holder")},
                     {OrganizationContactType::kCustom, "le,g{a}l", ContactId("holder")}};
  return create;
}

TEST(StoreCommandsTest, RunsTheCommandsOfOrganizations) {
  StoreScene scene;
  OrganizationCreate top;
  top.id = OrganizationId("top1");
  top.roles = {HeldRole()};
  ASSERT_EQ(scene.Code(scene.gold, top), ResultCode::kOk);
  const OrganizationCreate create = CreateReseller();
  const auto created = scene.Run(scene.gold, create);
  ASSERT_TRUE(created.outcome->ok());
  EXPECT_EQ(scene.Code(scene.silver, create), ResultCode::kObjectExists);

  const auto info = scene.Run(scene.gold, OrganizationInfo{create.id});
  ASSERT_TRUE(info.outcome->ok());
  const Organization shown = (*info.outcome)->organization;
  EXPECT_EQ(Number(shown.key), created.number);
  EXPECT_EQ(shown.roles, create.roles);
  EXPECT_EQ(shown.statuses, create.statuses);
  EXPECT_EQ(shown.parent_id, top.id);
  EXPECT_EQ(shown.international, create.international);
  EXPECT_EQ(shown.localized, create.localized);
  EXPECT_EQ(shown.voice, create.voice);
  EXPECT_EQ(shown.fax, create.fax);
  EXPECT_EQ(shown.email, create.email);
  EXPECT_EQ(shown.url, create.url);
  ASSERT_EQ(shown.contacts.size(), 2u);
  EXPECT_EQ(shown.contacts[0].type, OrganizationContactType::kCustom);
  EXPECT_EQ(shown.contacts[0].type_name, "le,g{a}l");
  EXPECT_EQ(shown.contacts[1].id, ContactId("holder"));
  EXPECT_EQ((*info.outcome)->statuses, create.statuses);

  OrganizationUpdate update;
  update.id = create.id;
  update.remove.statuses = create.statuses;
  update.remove.contacts = {create.contacts[1]};
  update.fax.emplace();
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, ContactDelete{ContactId("holder")}),
            ResultCode::kAssociationProhibits);
  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{top.id}), ResultCode::kAssociationProhibits);

  const auto checked =
      scene.Run(scene.silver, OrganizationCheck{{create.id, OrganizationId("new")}});
  EXPECT_FALSE((*checked.outcome)->items[0].available);
  EXPECT_TRUE((*checked.outcome)->items[1].available);
  EXPECT_THAT(scene.Findings(), IsEmpty());

  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{create.id}), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{top.id}), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM links"), 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'O'"), 5);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed WHERE kind = 'O'"), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, LinksDomainsWithOrganizations) {
  StoreScene scene;
  OrganizationCreate reseller;
  reseller.id = OrganizationId("res 1");
  reseller.roles = {HeldRole()};
  ASSERT_EQ(scene.Code(scene.gold, reseller), ResultCode::kOk);
  reseller.id = OrganizationId("res 2");
  ASSERT_EQ(scene.Code(scene.gold, reseller), ResultCode::kOk);
  DomainCreate create = CreateOrg("a.org");
  create.organizations = {{OrganizationRole::kReseller, OrganizationId("res 1")}};
  ASSERT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  const auto linked = [&](std::string_view id) {
    const auto info = scene.Run(scene.gold, OrganizationInfo{OrganizationId(id)});
    return (*info.outcome)->role_statuses[0].Has(Status::kLinked);
  };
  EXPECT_TRUE(linked("res 1"));
  EXPECT_FALSE(linked("res 2"));
  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{OrganizationId("res 1")}),
            ResultCode::kAssociationProhibits);
  const auto reseller_of = [&](std::string_view name) {
    const auto reply = scene.Run(kPublic, DomainLookup{DomainName(name)});
    const std::optional<Organization>& found = (*reply.outcome)->reseller;
    return found ? found->id.text() : std::string();
  };
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("without.org")), ResultCode::kOk);
  EXPECT_EQ(reseller_of("a.org"), "res 1");
  EXPECT_EQ(reseller_of("without.org"), "");

  DomainUpdate update;
  update.name = create.name;
  update.organizations.change = {{OrganizationRole::kReseller, OrganizationId("res 2")}};
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  EXPECT_FALSE(linked("res 1"));
  EXPECT_TRUE(linked("res 2"));
  EXPECT_EQ(reseller_of("a.org"), "res 2");
  const auto info = scene.Run(scene.gold, DomainInfo{create.name});
  EXPECT_EQ((*info.outcome)->domain.organizations->at(0).id, OrganizationId("res 2"));
  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{OrganizationId("res 1")}), ResultCode::kOk);
  EXPECT_THAT(scene.Findings(), IsEmpty());

  // Transferred by the clock, which nobody has written yet: it is linked no more.
  DomainTransferRequest request;
  request.name = create.name;
  request.credential = Credential{AuthInfo(kSecret), ""};
  ASSERT_EQ(scene.Code(scene.silver, request), ResultCode::kOkPending);
  scene.SetClock(absl::Hours(24 * 4));
  EXPECT_TRUE(linked("res 2"));
  scene.SetClock(absl::Hours(24 * 6));
  EXPECT_FALSE(linked("res 2"));
  EXPECT_EQ(scene.Code(scene.gold, OrganizationDelete{OrganizationId("res 2")}), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM links WHERE target < 0"), 0);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, RunsTheOperatorsCommands) {
  StoreScene scene;
  EXPECT_EQ(scene.Code(kOperator, RegistrarCreate{MakeRegistrar("gold")}),
            ResultCode::kObjectExists);
  const std::string hash = HashPassword("sesame-1");
  const absl::Time admitted = scene.store->directory()->Registrar(scene.gold)->password_set;
  scene.SetClock(absl::Hours(24));
  const auto changed = scene.Run(kOperator, RegistrarPassword{scene.gold, hash});
  ASSERT_EQ(StoreScene::CodeOf(changed), ResultCode::kOk);
  const absl::Time set = scene.store->directory()->Registrar(scene.gold)->password_set;
  EXPECT_EQ(set, changed.now);
  EXPECT_GT(set - admitted, absl::Hours(23));
  EXPECT_EQ(scene.store->directory()->Registrar(scene.gold)->password_hash, hash);

  RegistrarUpdate update;
  update.id = RegistrarId("gold");
  update.credit_limit = Money{500};
  update.low_balance = Money{700};
  update.minimum_data = true;
  update.tlds = {"org"};
  update.password_days = 90;
  ASSERT_EQ(scene.Code(kOperator, update), ResultCode::kOk);
  Registrar expected = MakeRegistrar("gold");
  expected.credit_limit = Money{500};
  expected.low_balance = Money{700};
  expected.minimum_data = true;
  expected.tlds = {"org"};
  expected.key = scene.gold;
  expected.password_hash = hash;
  expected.password_days = 90;
  expected.password_set = set;
  EXPECT_EQ(*scene.store->directory()->Registrar(scene.gold), expected);
  EXPECT_EQ(scene.Code(scene.gold, CreateNgo("a.ngo")), ResultCode::kAuthorizationError);

  update.suspended = true;
  ASSERT_EQ(scene.Code(kOperator, update), ResultCode::kOk);
  EXPECT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kAuthorizationError);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM feed WHERE kind IN ('R', 'T')"), 7);
  EXPECT_EQ(scene.Query("SELECT string_agg(kind, '' ORDER BY number) FROM history WHERE kind IN "
                        "('R', 'T')"),
            "TTRRRRR");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, CountsFailedLoginsUntilAGoodOne) {
  StoreScene scene;
  const LoginSucceeded good{scene.gold, absl::Hours(24)};
  for (int i = 0; i < 3; ++i) {
    ASSERT_EQ(scene.Code(kPublic, LoginFailed{scene.gold}), ResultCode::kOk);
  }
  ASSERT_EQ(scene.Code(kPublic, LoginFailed{scene.silver}), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT sum(failures) FROM failed_logins"), 4);
  EXPECT_LE(scene.Number("SELECT count(*) FROM failed_logins"), 3) << "by the hour";
  scene.SetClock(absl::Hours(30));
  ASSERT_EQ(scene.Code(kPublic, LoginFailed{scene.gold}), ResultCode::kOk);
  const auto accounts = ReadAccounts(scene.database);
  ASSERT_TRUE(accounts.ok());
  EXPECT_EQ(accounts->front().failed_logins, 4);

  const auto told = scene.Run(scene.gold, good);
  ASSERT_TRUE(told.outcome->ok());
  EXPECT_EQ((*told.outcome)->count, 1) << "the others are older than the window";
  EXPECT_EQ(scene.Number("SELECT sum(failures) FROM failed_logins"), 1) << "silver's";
  const int64_t groups = scene.Number("SELECT count(*) FROM commit_groups");
  const auto again = scene.Run(scene.gold, good);
  EXPECT_EQ((*again.outcome)->count, 0);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM commit_groups"), groups) << "nothing to write";
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, KeepsAPollQueue) {
  StoreScene scene;
  const auto none = scene.Run(scene.gold, PollRequest{scene.gold});
  EXPECT_EQ((*none.outcome)->count, 0);
  scene.Query("INSERT INTO poll_messages (registrar, queued, text, object_name) SELECT " +
              std::to_string(Number(scene.gold)) +
              ", now(), 'message ' || n, '' FROM generate_series(1, 3) n");
  const auto first = scene.Run(scene.gold, PollRequest{scene.gold});
  ASSERT_EQ((*first.outcome)->count, 3);
  ASSERT_TRUE((*first.outcome)->message.has_value());
  EXPECT_EQ((*first.outcome)->message->text, "message 1");
  const int64_t id = (*first.outcome)->message->id;
  EXPECT_EQ(scene.Code(scene.silver, PollAcknowledge{scene.silver, id}),
            ResultCode::kObjectMissing);
  const auto acknowledged = scene.Run(scene.gold, PollAcknowledge{scene.gold, id});
  ASSERT_TRUE(acknowledged.outcome->ok());
  EXPECT_EQ((*acknowledged.outcome)->remaining, 2);
  EXPECT_EQ(scene.Code(scene.gold, PollAcknowledge{scene.gold, id}), ResultCode::kObjectMissing);
  const auto second = scene.Run(scene.gold, PollRequest{scene.gold});
  EXPECT_EQ((*second.outcome)->message->text, "message 2");
}

TEST(StoreCommandsTest, MaterializesWhatTheClockHasDone) {
  StoreScene scene;
  const auto created = scene.Run(scene.gold, CreateOrg("a.org"));
  ASSERT_TRUE(created.outcome->ok());
  const DomainMaterialize materialize{DomainKey{created.number}};
  EXPECT_EQ(scene.Code(kLifecycle, materialize), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT version FROM domains"), 1);

  scene.SetClock(absl::Hours(24 * 370));
  const auto seen = scene.Run(scene.gold, DomainInfo{DomainName("a.org")});
  EXPECT_EQ((*seen.outcome)->domain.expires, AddYears((*created.outcome)->expires, 1));
  EXPECT_EQ(scene.Number("SELECT version FROM domains"), 1);
  EXPECT_EQ(scene.Code(kLifecycle, materialize), ResultCode::kOk);
  EXPECT_GT(scene.Number("SELECT version FROM domains"), 1);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM ledger WHERE what = 'auto-renew'"), 1);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM poll_messages"), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, BooksArrearsUnderTheClockWhoeverComesBy) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  scene.SetClock(absl::Hours(24 * 370));
  DomainUpdate update;
  update.name = DomainName("a.org");
  update.add.statuses = {Status::kClientHold};
  ASSERT_EQ(scene.Code(scene.gold, update), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'D' AND actor = -2 AND "
                         "command = 'lifecycle' AND client_id = ''"),
            scene.Number("SELECT version FROM domains") - 2);
  EXPECT_EQ(scene.Number("SELECT actor FROM history WHERE kind = 'D' ORDER BY version DESC LIMIT "
                         "1"),
            Number(scene.gold));
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

constexpr std::string_view kSharpS =
    "table = t\nallow = 0061-007A 00DF 00FC\nvariant = 00DF : 0073 0073\n";

void OfferSharpS(StoreScene& scene, Store& store) {
  store.Run({kOperator, "", "test"}, IdnApply{*ParseIdnTable("t", kSharpS)});
  TldPolicy policy = *scene.store->directory()->Tld("ngo");
  policy.idn_tables = {"t"};
  const auto reply = store.Run({kOperator, "", "test"}, TldApply{std::move(policy)});
  ASSERT_EQ(StoreScene::CodeOf(reply), ResultCode::kOk);
}

TEST(StoreCommandsTest, KeepsIdnTablesAndWhatNamesHaveOfThem) {
  StoreScene scene;
  OfferSharpS(scene, *scene.store);
  const auto directory = ReadDirectory(scene.database);
  ASSERT_TRUE(directory.ok());
  ASSERT_NE((*directory)->Idn("t"), nullptr);
  EXPECT_EQ(*(*directory)->Idn("t"), *ParseIdnTable("t", kSharpS));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM history WHERE kind = 'I'"), 1);
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("xn--strae-oqa.ngo")), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("xn--bcher-kva.ngo")), ResultCode::kOk);
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("plain.ngo")), ResultCode::kOk);
  EXPECT_EQ(
      scene.Query("SELECT string_agg(concat_ws(' ', name, idn_table, variant_key), ', ' ORDER "
                  "BY name) FROM domains"),
      "plain.ngo, xn--bcher-kva.ngo t, xn--strae-oqa.ngo t strasse.ngo");
  const auto info = scene.Run(scene.gold, DomainInfo{DomainName("xn--strae-oqa.ngo")});
  EXPECT_EQ((*info.outcome)->domain.idn_table, "t");
  EXPECT_EQ((*info.outcome)->domain.variant_key, "strasse.ngo");
}

TEST(StoreCommandsTest, AnotherProcesssTablesCountAtOnce) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("strasse.ngo")), ResultCode::kOk);
  SystemClock clock;
  const std::unique_ptr<Store> another = scene.OpenAnother(&clock);
  OfferSharpS(scene, *another);
  // No key yet: the name was registered before it had variants.
  ASSERT_EQ(*RenewVariantKeys(scene.database, "ngo"), 1);
  EXPECT_EQ(*RenewVariantKeys(scene.database, "ngo"), 0) << "they are right now";
  EXPECT_EQ(scene.Code(scene.silver, CreateNgo("xn--strae-oqa.ngo")), ResultCode::kParameterPolicy);
  const auto check = scene.Run(
      scene.silver, DomainCheck{{{"xn--strae-oqa.ngo", DomainName("xn--strae-oqa.ngo")}}, {}, {}});
  EXPECT_EQ((*check.outcome)->items.at(0).reason, "variant of a registered name");
  const Directory without;
  EXPECT_EQ(*RenewVariantKeys(scene.database, without), 0) << "all TLDs whose variants changed";
}

TEST(StoreCommandsTest, APurgeMakesRoomForVariants) {
  StoreScene scene;
  OfferSharpS(scene, *scene.store);
  ASSERT_EQ(scene.Code(scene.gold, CreateNgo("strasse.ngo")), ResultCode::kOk);
  scene.SetClock(absl::Hours(24 * 10));
  ASSERT_EQ(scene.Code(scene.gold, DomainDelete{DomainName("strasse.ngo")}),
            ResultCode::kOkPending);
  EXPECT_EQ(scene.Code(scene.silver, CreateNgo("xn--strae-oqa.ngo")), ResultCode::kParameterPolicy);
  // Nobody has written the purge, whose row is still in the way in the database.
  scene.SetClock(absl::Hours(24 * 50));
  EXPECT_EQ(scene.Code(scene.silver, CreateNgo("xn--strae-oqa.ngo")), ResultCode::kOk);
  EXPECT_EQ(scene.Query("SELECT name FROM domains"), "xn--strae-oqa.ngo");
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, LooksForSponsorsWhoUseAHostAmongTransfersThatNobodyHasWritten) {
  StoreScene scene;
  const AuthInfo secret("2fooBAR-2fooBAR-2fooBAR");
  DomainCreate create = CreateOrg("a.org");
  create.name_servers = {DomainName("ns1.example.net")};
  create.auth = secret.Seal({});
  ASSERT_EQ(scene.Code(scene.gold, create), ResultCode::kOk);
  DomainTransferRequest request;
  request.name = create.name;
  request.credential = Credential{secret, ""};
  ASSERT_EQ(scene.Code(scene.silver, request), ResultCode::kOkPending);
  HostUpdate rename;
  rename.name = DomainName("ns1.example.net");
  rename.new_name = DomainName("ns9.example.net");
  scene.SetClock(absl::Hours(24 * 6));
  EXPECT_EQ(scene.Code(scene.gold, rename), ResultCode::kAssociationProhibits);
  EXPECT_EQ(scene.Number("SELECT sponsor FROM domains"), Number(scene.silver));
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

TEST(StoreCommandsTest, GivesThePurgedDomainsNameToTheNextInTheSameGroup) {
  StoreScene scene;
  ASSERT_EQ(scene.Code(scene.gold, CreateOrg("a.org")), ResultCode::kOk);
  scene.SetClock(absl::Hours(24 * 10));
  EXPECT_EQ(scene.Code(scene.gold, DomainDelete{DomainName("a.org")}), ResultCode::kOkPending);
  EXPECT_EQ(scene.Code(scene.silver, CreateOrg("a.org")), ResultCode::kObjectExists);
  scene.SetClock(absl::Hours(24 * 46));
  EXPECT_EQ(scene.Code(scene.silver, CreateOrg("a.org")), ResultCode::kOk);
  EXPECT_EQ(scene.Number("SELECT sponsor FROM domains"), Number(scene.silver));
  EXPECT_EQ(scene.Number("SELECT count(*) FROM former_names"), 1);
  EXPECT_THAT(scene.Findings(), IsEmpty());
}

}  // namespace
}  // namespace registry::store
