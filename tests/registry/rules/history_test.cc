#include "registry/rules/history.h"

#include <gmock/gmock.h>

#include "boost/json.hpp"
#include "tests/support/scene.h"

namespace registry {
namespace {

template <class T>
std::string Update(const T& before, const T& after) {
  return DescribeChange(Change<T>{before, after});
}

Domain FullDomain() {
  Domain domain;
  domain.key = DomainKey{7};
  domain.name = DomainName("example.org");
  domain.sponsor = kGold;
  domain.creator = kSilver;
  domain.created = At("2026-01-02T03:04:05.678Z");
  domain.expires = At("2027-01-02T03:04:05.678Z");
  domain.statuses = {Status::kServerHold, Status::kClientHold};
  domain.auth = AuthInfo(Scene::kAuth).Seal({});
  domain.registrant = ContactKey{20};
  domain.contacts = {{ContactRole::kAdmin, ContactKey{21}},
                     {ContactRole::kBilling, ContactKey{21}},
                     {ContactRole::kTech, ContactKey{22}}};
  domain.name_servers = {HostKey{30}, HostKey{31}};
  domain.ds = {*DsRecord::Parse("12345 13 2 " + std::string(64, 'A'))};
  domain.grace = {{GraceKind::kAdd, At("2026-01-07T03:04:05.678Z"), Money{900}, kGold}};
  return domain;
}

TEST(DescribeChangeTest, OfAnInsertListsTheWholeDomain) {
  EXPECT_EQ(
      DescribeChange(Change<Domain>{std::nullopt, FullDomain()}),
      R"({"name":"example.org","expires":"2027-01-02T03:04:05.678Z","auth":"set",)"
      R"("registrant":20,"contacts":[{"role":"admin","contact":21},)"
      R"({"role":"billing","contact":21},{"role":"tech","contact":22}],)"
      R"("name_servers":[30,31],"ds":["12345 13 2 )" +
          std::string(64, 'A') +
          R"("],"grace":[{"kind":"add","ends":"2026-01-07T03:04:05.678Z","fee":900,)"
          R"("payer":1,"years":0}],"sponsor":1,"creator":2,"created":"2026-01-02T03:04:05.678Z",)"
          R"("statuses":["clientHold","serverHold"]})");
}

TEST(DescribeChangeTest, OfOrganizations) {
  Organization organization;
  organization.key = OrganizationKey{5};
  organization.id = OrganizationId("res1");
  organization.sponsor = kGold;
  organization.created = At("2026-01-02T03:04:05.678Z");
  organization.statuses = {Status::kHold};
  organization.roles = {{OrganizationRole::kPrivacyProxy, "", {Status::kClientLinkProhibited}},
                        {OrganizationRole::kReseller, "15", {}}};
  organization.parent = OrganizationKey{4};
  organization.contacts = {{OrganizationContactType::kCustom, "legal", ContactKey{21}, {}}};
  organization.url = "https://example.com";
  EXPECT_EQ(DescribeChange(Change<Organization>{std::nullopt, organization}),
            R"({"id":"res1","roles":[{"role":"privacyproxy","statuses":["clientLinkProhibited"]},)"
            R"({"role":"reseller","id":"15"}],"parent":4,"url":"https://example.com",)"
            R"("contacts":[{"type":"custom","type_name":"legal","contact":21}],"sponsor":1,)"
            R"("created":"2026-01-02T03:04:05.678Z","statuses":["hold"]})");
  const Domain before = FullDomain();
  Domain after = before;
  after.organizations = std::vector<OrganizationLink>{
      {OrganizationRole::kReseller, OrganizationKey{5}, OrganizationId("res1")}};
  EXPECT_EQ(Update(before, after),
            R"({"organizations":[{"role":"reseller","organization":5,"id":"res1"}]})");
  EXPECT_EQ(Update(after, before), R"({"organizations":null})");
}

TEST(DescribeChangeTest, OfADeletionSaysSo) {
  EXPECT_EQ(DescribeChange(Change<Domain>{FullDomain(), std::nullopt}), R"({"deleted":true})");
  EXPECT_EQ(DescribeChange(Change<Host>{Host(), std::nullopt}), R"({"deleted":true})");
}

TEST(DescribeChangeTest, OfAnUpdateListsWhatIsNewAlone) {
  const Domain before = FullDomain();
  Domain after = before;
  EXPECT_EQ(Update(before, after), "{}");
  after.version = 2;
  after.statuses.Remove(Status::kClientHold);
  after.updater = kOperator;
  after.updated = At("2026-03-04T05:06:07.000Z");
  EXPECT_EQ(Update(before, after),
            R"({"updater":-1,"updated":"2026-03-04T05:06:07.000Z","statuses":["serverHold"]})");
}

TEST(DescribeChangeTest, SaysWhatWasEmptied) {
  const Domain before = FullDomain();
  Domain after = before;
  after.name_servers.clear();
  after.ds.clear();
  after.contacts.clear();
  after.grace.clear();
  after.statuses = {};
  after.registrant = ContactKey{};
  after.auth = SealedAuthInfo();
  EXPECT_EQ(Update(before, after),
            R"({"auth":"unset","registrant":0,"contacts":[],"name_servers":[],"ds":[],)"
            R"("grace":[],"statuses":[]})");
}

TEST(DescribeChangeTest, NamesTheTtlsThatWereChosen) {
  Domain after = FullDomain();
  after.ttls.ds = 600;
  EXPECT_EQ(Update(FullDomain(), after), R"({"ttls":{"ns":null,"ds":600}})");
  Host before, host;
  host.ttls = {300, {}};
  EXPECT_EQ(DescribeChange(Change<Host>{before, host}), R"({"ttls":{"a":300,"aaaa":null}})");
}

TEST(DescribeChangeTest, FollowsThePhases) {
  const Domain before = FullDomain();
  Domain redeemable = before;
  redeemable.phase = DomainPhase::kRedemption;
  redeemable.phase_ends = At("2026-05-01T00:00:00.000Z");
  EXPECT_EQ(Update(before, redeemable),
            R"({"phase":"redemption","phase_ends":"2026-05-01T00:00:00.000Z"})");
  EXPECT_EQ(Update(redeemable, before), R"({"phase":"active","phase_ends":null})");
  Domain pending = redeemable;
  pending.phase = DomainPhase::kPendingDelete;
  EXPECT_EQ(Update(redeemable, pending), R"({"phase":"pendingDelete"})");
}

TEST(DescribeChangeTest, NeverTellsTheAuthInfo) {
  const Domain before = FullDomain();
  Domain after = before;
  after.auth = AuthInfo("another-secret-another").Seal({});
  EXPECT_EQ(Update(before, after), R"({"auth":"set"})");
}

TEST(DescribeChangeTest, NamesEachKindOfGrace) {
  const Domain before;
  Domain after;
  const absl::Time ends = At("2026-05-01T00:00:00.000Z");
  after.grace = {{GraceKind::kRenew, ends, Money{1}, kGold},
                 {GraceKind::kAutoRenew, ends, Money{2}, kGold},
                 {GraceKind::kTransfer, ends, Money{-3}, kGold, 0, true}};
  EXPECT_EQ(
      Update(before, after),
      R"({"grace":[{"kind":"renew","ends":"2026-05-01T00:00:00.000Z","fee":1,"payer":1,"years":0},)"
      R"({"kind":"autoRenew","ends":"2026-05-01T00:00:00.000Z","fee":2,"payer":1,"years":0},)"
      R"({"kind":"transfer","ends":"2026-05-01T00:00:00.000Z","fee":-3,"payer":1,"years":0,)"
      R"("from_leap_day":true}]})");
}

TEST(DescribeChangeTest, OfAHostHasItsAddressesAndItsPlace) {
  Host host;
  host.name = DomainName("ns1.example.org");
  host.sponsor = kGold;
  host.addresses = {IpAddress("192.0.2.1"), IpAddress("2001:db8::1")};
  host.superordinate = DomainKey{7};
  EXPECT_EQ(DescribeChange(Change<Host>{std::nullopt, host}),
            R"({"name":"ns1.example.org","addresses":["192.0.2.1","2001:db8::1"],)"
            R"("superordinate":7,"sponsor":1})");
  Host renamed = host;
  renamed.name = DomainName("ns1.example.net");
  renamed.addresses.clear();
  renamed.superordinate = DomainKey{};
  EXPECT_EQ(Update(host, renamed),
            R"({"name":"ns1.example.net","addresses":[],"superordinate":0})");
}

TEST(DescribeChangeTest, OfAContactHasItsAddressesInBothForms) {
  Contact contact;
  contact.id = ContactId("jon");
  PostalInfo postal{
      "Jon Postel", "ISI", {"4676 Admiralty Way", "Suite 1001"}, "Marina del Rey", "CA",
      "90292",      "US"};
  contact.international = postal;
  contact.voice = Phone{"+1.3105551234", "12"};
  contact.email = "jon@example.org";
  contact.disclose = {true, Disclose::kVoice | Disclose::kNameLoc};
  EXPECT_EQ(DescribeChange(Change<Contact>{std::nullopt, contact}),
            R"({"id":"jon","international":{"name":"Jon Postel","organization":"ISI",)"
            R"("street":["4676 Admiralty Way","Suite 1001"],"city":"Marina del Rey",)"
            R"("state":"CA","postal_code":"90292","country":"US"},)"
            R"("voice":{"number":"+1.3105551234","extension":"12"},"email":"jon@example.org",)"
            R"("disclose":{"flag":true,"fields":["name_loc","voice"]}})");
  Contact after = contact;
  after.voice.reset();
  after.disclose = {};
  EXPECT_EQ(Update(contact, after), R"({"voice":null,"disclose":{"flag":false,"fields":[]}})");
  after = contact;
  after.additional_email = AdditionalEmail{"j@example.net", true};
  EXPECT_EQ(Update(contact, after),
            R"({"additional_email":{"address":"j@example.net","primary":true}})");
}

TEST(DescribeChangeTest, IsJsonWhateverPeopleWrite) {
  Contact contact;
  std::string name;
  for (int octet = 1; octet < 0x80; ++octet) name += static_cast<char>(octet);
  name += "\xC3\xA9 \xE6\x97\xA5";
  contact.localized.emplace().name = name;
  const std::string text = DescribeChange(Change<Contact>{std::nullopt, contact});
  const auto parsed = boost::json::parse(text);
  EXPECT_EQ(parsed.at("localized").at("name").as_string(), name.c_str());
}

}  // namespace
}  // namespace registry
