#include "tests/whois/sample_registry.h"

#include "registry/types/contact_details.h"

namespace tests {

using registry::At;
using registry::Contact;
using registry::ContactId;
using registry::ContactKey;
using registry::ContactRole;
using registry::Disclose;
using registry::Domain;
using registry::DomainKey;
using registry::DomainName;
using registry::DsRecord;
using registry::Host;
using registry::HostKey;
using registry::Phone;
using registry::PostalInfo;
using registry::Status;

namespace {

constexpr ContactKey kHolder{9000};
constexpr ContactKey kNetworkTeam{9001};
constexpr ContactKey kShop{9002};
constexpr ContactKey kSecret{9003};

Contact MakeContact(ContactKey key, std::string_view id, PostalInfo postal) {
  Contact contact;
  contact.key = key;
  contact.id = ContactId(id);
  contact.sponsor = registry::kGold;
  contact.creator = registry::kGold;
  contact.created = At("2001-03-04T05:06:07Z");
  contact.international = std::move(postal);
  contact.email = std::string(id) + "@samplewell.org";
  return contact;
}

Domain MakeDomain(DomainKey key, std::string_view name) {
  Domain domain;
  domain.key = key;
  domain.name = DomainName(name);
  domain.sponsor = registry::kGold;
  domain.creator = registry::kGold;
  domain.created = At("2001-03-04T05:06:07.890Z");
  domain.expires = At("2031-03-04T05:06:07.890Z");
  return domain;
}

Host MakeHost(HostKey key, std::string_view name) {
  Host host;
  host.key = key;
  host.name = DomainName(name);
  host.sponsor = registry::kGold;
  host.creator = registry::kGold;
  host.created = At("2001-03-04T05:06:08Z");
  return host;
}

PostalInfo Address(std::string_view name, std::string_view organization, std::string_view state,
                   std::string_view country) {
  PostalInfo postal;
  postal.name = name;
  postal.organization = organization;
  postal.street = {"1 Well Street", "Suite 2"};
  postal.city = "Montreal";
  postal.state = state;
  postal.postal_code = "H2X 1Y4";
  postal.country = country;
  return postal;
}

}  // namespace

SampleRegistry::SampleRegistry() {
  now = At("2026-01-02T03:04:05.678Z");
  directory.settings.repository_id = "LROR";
  AddRegistrars();
  AddContacts();
  AddSampleWell();
  AddOthers();
}

void SampleRegistry::AddRegistrars() {
  ChangeRegistrar(registry::kGold, [](registry::Registrar& gold) {
    gold.name = "Registrar One, Inc.";
    gold.iana_id = 3878;
    gold.street = {"2 Registrar Road"};
    gold.city = "Reston";
    gold.state = "VA";
    gold.postal_code = "20190";
    gold.country = "US";
    gold.phone = "+1.5555550100";
    gold.fax = "+1.5555550109";
    gold.email = "office@registrar-one.example";
    gold.url = "https://www.registrar-one.example/";
    gold.whois_server = "whois.registrar-one.example";
    gold.rdap_base = "https://rdap.registrar-one.example/";
    gold.abuse_email = "abuse@registrar-one.example";
    gold.abuse_phone = "+1.5555550101";
    gold.admin = {"Anne Admin", "+1.5555550102", "", "anne@registrar-one.example"};
    gold.tech = {"Tim Tech", "+1.5555550103", "+1.5555550104", "tim@registrar-one.example"};
  });
  ChangeRegistrar(registry::kSilver, [](registry::Registrar& silver) { silver.name = ""; });
}

void SampleRegistry::AddContacts() {
  Contact holder =
      MakeContact(kHolder, "holder", Address("Ada Well", "Sample Well Society", "QC", "CA"));
  holder.voice = Phone{"+1.5555550111", ""};
  contacts.emplace(kHolder, holder);

  Contact team = MakeContact(kNetworkTeam, "noc", Address("Network Team", "Wells", "QC", "CA"));
  team.voice = Phone{"+1.5555550123", ""};
  team.disclose = {true, Disclose::kNameInt | Disclose::kVoice | Disclose::kEmail};
  contacts.emplace(kNetworkTeam, team);

  Contact shop = MakeContact(kShop, "shop", Address("B\u00fccher <GmbH>", "", "", "DE"));
  shop.localized = *std::exchange(shop.international, std::nullopt);
  shop.voice = Phone{"+49.5555550124", "12"};
  shop.fax = Phone{"+49.5555550125", "13"};
  shop.disclose = {true, Disclose::kNameLoc | Disclose::kAddrLoc | Disclose::kVoice |
                             Disclose::kFax | Disclose::kEmail};
  contacts.emplace(kShop, shop);

  Contact secret = MakeContact(kSecret, "secret", Address("Sue Secret", "Secrets", "NY", "US"));
  secret.voice = Phone{"+1.5555550126", "1"};
  secret.fax = Phone{"+1.5555550127", "2"};
  secret.disclose = {false, Disclose::kOrgInt | Disclose::kAddrInt};
  contacts.emplace(kSecret, secret);
}

void SampleRegistry::AddSampleWell() {
  Domain domain = MakeDomain(DomainKey{101}, "samplewell.org");
  domain.updated = At("2024-05-06T07:08:09Z");
  domain.updater = registry::kGold;
  domain.statuses = {Status::kClientTransferProhibited, Status::kServerDeleteProhibited};
  domain.registrant = kHolder;
  domain.contacts = {{ContactRole::kTech, kNetworkTeam}};
  domain.name_servers = {HostKey{11}, HostKey{12}};
  domain.ds = {*DsRecord::Make(12345, 13, 2,
                               "49FD46E6C4B45C55D4AC69CBD3CD34AC1AFE51DE49FD46E6C4B45C55D4AC69CB")};
  domains.emplace(domain.key, domain);

  Host first = MakeHost(HostKey{11}, "ns1.samplewell.org");
  first.superordinate = domain.key;
  first.addresses = {registry::IpAddress("192.0.2.1"), registry::IpAddress("2001:db8::1")};
  first.updated = At("2024-05-06T07:08:09Z");
  first.transferred = At("2012-01-01T00:00:00Z");
  hosts.emplace(first.key, first);
  Host second = MakeHost(HostKey{12}, "ns2.samplewell.org");
  second.superordinate = domain.key;
  second.addresses = {registry::IpAddress("192.0.2.1")};
  second.statuses = {Status::kClientUpdateProhibited};
  hosts.emplace(second.key, second);
}

void SampleRegistry::AddOthers() {
  Domain minimal = MakeDomain(DomainKey{102}, "minimal.org");
  minimal.sponsor = registry::kSilver;
  minimal.created = At("2026-01-01T00:00:00Z");
  minimal.expires = At("2027-01-01T00:00:00Z");
  minimal.grace = {{registry::GraceKind::kAdd, At("2026-01-06T00:00:00Z"), registry::Money{900},
                    registry::kSilver}};
  domains.emplace(minimal.key, minimal);

  Domain lapsed = MakeDomain(DomainKey{103}, "lapsed.org");
  lapsed.registrant = kSecret;
  lapsed.transferred = At("2010-01-01T00:00:00Z");
  lapsed.phase = registry::DomainPhase::kRedemption;
  lapsed.phase_ends = At("2026-01-20T00:00:00Z");
  domains.emplace(lapsed.key, lapsed);

  Domain idn = MakeDomain(DomainKey{104}, "xn--bcher-kva.org");
  idn.registrant = kShop;
  idn.contacts = {{ContactRole::kAdmin, kShop},
                  {ContactRole::kAdmin, kSecret},
                  {ContactRole::kBilling, kSecret},
                  {ContactRole::kTech, kSecret}};
  idn.name_servers = {HostKey{13}};
  domains.emplace(idn.key, idn);
  hosts.emplace(HostKey{13}, MakeHost(HostKey{13}, "ns.xn--bcher-kva.example"));
}

}  // namespace tests
