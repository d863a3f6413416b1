// What RDAP and WHOIS say of a domain in each of its states, whole, in tests/golden/rdap/states and
// tests/golden/whois/states. Each state is one change to a domain that stands for most:
// example.org, with registrant, administrative, technical and billing contacts that have chosen
// nothing, and two name servers outside.

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_replace.h"
#include "registry/types/contact_details.h"
#include "registry/types/dns_key.h"
#include "tests/whois/golden.h"
#include "tests/whois/sample_registry.h"
#include "whois/rdap_json.h"
#include "whois/whois_text.h"

namespace whois {
namespace {

using registry::At;
using registry::Contact;
using registry::ContactKey;
using registry::ContactRole;
using registry::Disclose;
using registry::Domain;
using registry::DomainKey;
using registry::DomainName;
using registry::DomainPhase;
using registry::DsRecord;
using registry::GraceKind;
using registry::Host;
using registry::HostKey;
using registry::Phone;
using registry::PostalInfo;
using registry::Status;

constexpr DomainKey kDomain{200};
constexpr HostKey kFirstHost{201};
constexpr ContactKey kRegistrant{9100}, kAdmin{9101}, kTech{9102}, kBilling{9103};
constexpr unsigned kOfInternational = Disclose::kNameInt | Disclose::kOrgInt | Disclose::kAddrInt;
constexpr unsigned kOfLocalized = Disclose::kNameLoc | Disclose::kOrgLoc | Disclose::kAddrLoc;
constexpr unsigned kReach = Disclose::kVoice | Disclose::kFax | Disclose::kEmail;

class StateRegistry : public tests::SampleRegistry {
 public:
  StateRegistry() {
    AddContact(kRegistrant, "registrant", "Rita Registrant");
    AddContact(kAdmin, "admin", "Adam Admin");
    AddContact(kTech, "tech", "Tina Tech");
    AddContact(kBilling, "billing", "Bill Billing");
    AddHost(kFirstHost, "ns1.provider.example");
    AddHost(HostKey{202}, "ns2.provider.example");
    Domain domain;
    domain.key = kDomain;
    domain.name = DomainName("example.org");
    domain.sponsor = registry::kGold;
    domain.creator = registry::kGold;
    domain.created = At("2020-01-02T03:04:05Z");
    domain.updated = At("2025-06-07T08:09:10Z");
    domain.updater = registry::kGold;
    domain.expires = At("2030-01-02T03:04:05Z");
    domain.registrant = kRegistrant;
    domain.contacts = {{ContactRole::kAdmin, kAdmin},
                       {ContactRole::kBilling, kBilling},
                       {ContactRole::kTech, kTech}};
    domain.name_servers = {kFirstHost, HostKey{202}};
    domains.emplace(kDomain, std::move(domain));
  }

  Domain& domain() { return domains.at(kDomain); }
  Contact& contact(ContactKey key) { return contacts.at(key); }
  void AddHost(HostKey key, std::string_view name) {
    Host host;
    host.key = key;
    host.name = DomainName(name);
    host.sponsor = registry::kGold;
    host.creator = registry::kGold;
    host.created = At("2019-01-02T03:04:05Z");
    hosts.emplace(key, std::move(host));
  }
  void Grace(GraceKind kind) {
    domain().grace = {{kind, now + absl::Hours(24), registry::Money{900}, registry::kGold, 1}};
  }
  void Phase(DomainPhase phase) {
    domain().phase = phase;
    domain().phase_ends = now + absl::Hours(24);
    if (phase == DomainPhase::kPendingRestore) domain().redemption_ends = now + absl::Hours(48);
  }
  void DiscloseAll(ContactKey key) {
    contact(key).disclose = {true, kOfInternational | kOfLocalized | kReach};
  }
  void LetSharpSBeVariant() {
    directory.Add(*registry::ParseIdnTable("de",
                                           "table = de\ntitle = German\nallow = 0061-007A 00DF\n"
                                           "variant = 00DF : 0073 0073\n"));
    ChangePolicy([](registry::TldPolicy& policy) {
      policy.idn_tables = {"de"};
      policy.idn_variants = registry::TldPolicy::Variants::kSameRegistrant;
    });
  }
  // For a domain under the minimum data model.
  void RemoveContacts() {
    domain().registrant = ContactKey{};
    domain().contacts.clear();
  }

 private:
  void AddContact(ContactKey key, std::string_view id, std::string_view name) {
    Contact contact;
    contact.key = key;
    contact.id = registry::ContactId(id);
    contact.sponsor = registry::kGold;
    contact.creator = registry::kGold;
    contact.created = At("2019-01-02T03:04:05Z");
    PostalInfo postal;
    postal.name = name;
    postal.organization = "Example Society";
    postal.street = {"1 Example Street", "Suite 2"};
    postal.city = "Montreal";
    postal.state = "QC";
    postal.postal_code = "H2X 1Y4";
    postal.country = "CA";
    contact.international = postal;
    contact.voice = Phone{"+1.5555550111", "22"};
    contact.fax = Phone{"+1.5555550112", "33"};
    contact.email = std::string(id) + "@example.org";
    contacts.emplace(key, std::move(contact));
  }
};

PostalInfo Localized() {
  PostalInfo postal;
  postal.name = "B\u00e4rbel B\u00fccher";
  postal.organization = "B\u00fccher <GmbH> & Co \u4e66";
  postal.street = {"Hauptstra\u00dfe 1"};
  postal.city = "K\u00f6ln";
  postal.postal_code = "50667";
  postal.country = "DE";
  return postal;
}

DsRecord Ds(uint16_t tag, uint8_t digest_type = 2, size_t octets = 32) {
  std::string digest;
  for (size_t i = 0; i < octets; ++i) digest += "4A";
  return *DsRecord::Make(tag, 13, digest_type, digest);
}

struct State {
  std::string_view name;
  std::function<void(StateRegistry&)> change;
};

State With(std::string_view name, Status status) {
  return {name, [status](StateRegistry& r) { r.domain().statuses.Add(status); }};
}
State In(std::string_view name, GraceKind kind) {
  return {name, [kind](StateRegistry& r) { r.Grace(kind); }};
}
State In(std::string_view name, DomainPhase phase) {
  return {name, [phase](StateRegistry& r) { r.Phase(phase); }};
}

const std::vector<State>& States() {
  static const std::vector<State> states = {
      {"ok", [](StateRegistry&) {}},
      // -- statuses of RFC 5731 --
      With("client_delete_prohibited", Status::kClientDeleteProhibited),
      With("client_hold", Status::kClientHold),
      With("client_renew_prohibited", Status::kClientRenewProhibited),
      With("client_transfer_prohibited", Status::kClientTransferProhibited),
      With("client_update_prohibited", Status::kClientUpdateProhibited),
      With("server_delete_prohibited", Status::kServerDeleteProhibited),
      With("server_hold", Status::kServerHold),
      With("server_renew_prohibited", Status::kServerRenewProhibited),
      With("server_transfer_prohibited", Status::kServerTransferProhibited),
      With("server_update_prohibited", Status::kServerUpdateProhibited),
      {"everything_prohibited",
       [](StateRegistry& r) {
         r.domain().statuses = {Status::kClientDeleteProhibited,
                                Status::kClientHold,
                                Status::kClientRenewProhibited,
                                Status::kClientTransferProhibited,
                                Status::kClientUpdateProhibited,
                                Status::kServerDeleteProhibited,
                                Status::kServerHold,
                                Status::kServerRenewProhibited,
                                Status::kServerTransferProhibited,
                                Status::kServerUpdateProhibited};
       }},
      {"inactive", [](StateRegistry& r) { r.domain().name_servers.clear(); }},
      {"pending_transfer",
       [](StateRegistry& r) {
         registry::Transfer transfer;
         transfer.gaining = registry::kSilver;
         transfer.losing = registry::kGold;
         transfer.requested = r.now - absl::Hours(24);
         transfer.acted = r.now + absl::Hours(24);
         transfer.years = 1;
         r.domain().transfer = transfer;
       }},
      // -- states of RFC 3915 --
      In("add_period", GraceKind::kAdd),
      In("auto_renew_period", GraceKind::kAutoRenew),
      In("renew_period", GraceKind::kRenew),
      {"transfer_period",
       [](StateRegistry& r) {
         r.Grace(GraceKind::kTransfer);
         r.domain().transferred = At("2026-01-01T00:00:00Z");
       }},
      {"add_and_renew_period",
       [](StateRegistry& r) {
         r.Grace(GraceKind::kAdd);
         r.domain().grace.push_back({GraceKind::kRenew, r.now + absl::Hours(24),
                                     registry::Money{900}, registry::kGold, 1});
       }},
      In("redemption_period", DomainPhase::kRedemption),
      In("pending_delete", DomainPhase::kPendingDelete),
      In("pending_restore", DomainPhase::kPendingRestore),
      {"redemption_period_with_prohibitions",
       [](StateRegistry& r) {
         r.Phase(DomainPhase::kRedemption);
         r.domain().statuses = {Status::kClientTransferProhibited, Status::kServerHold};
       }},
      // -- history --
      {"never_updated", [](StateRegistry& r) { r.domain().updated = std::nullopt; }},
      {"transferred",
       [](StateRegistry& r) {
         r.domain().transferred = At("2022-03-04T05:06:07Z");
         r.ChangeRegistrar(registry::kSilver, [](registry::Registrar& silver) {
           silver.name = "Registrar Two";
           silver.iana_id = 1234;
           silver.url = "https://registrar-two.example/";
           silver.rdap_base = "https://rdap.registrar-two.example/rdap/";
           silver.abuse_email = "abuse@registrar-two.example";
           silver.abuse_phone = "+49.305555502";
         });
         r.domain().sponsor = registry::kSilver;
       }},
      // -- contacts --
      {"all_contacts_disclosed",
       [](StateRegistry& r) {
         for (ContactKey key : {kRegistrant, kAdmin, kTech, kBilling}) r.DiscloseAll(key);
       }},
      {"registrant_disclosed", [](StateRegistry& r) { r.DiscloseAll(kRegistrant); }},
      {"technical_disclosed", [](StateRegistry& r) { r.DiscloseAll(kTech); }},
      {"administrative_and_billing_disclosed",
       [](StateRegistry& r) {
         r.DiscloseAll(kAdmin);
         r.DiscloseAll(kBilling);
       }},
      {"name_alone_disclosed",
       [](StateRegistry& r) {
         r.contact(kRegistrant).disclose = {true, Disclose::kNameInt};
       }},
      {"email_alone_disclosed",
       [](StateRegistry& r) {
         r.contact(kRegistrant).disclose = {true, Disclose::kEmail};
       }},
      {"organization_withheld",
       [](StateRegistry& r) {
         r.contact(kRegistrant).disclose = {false, Disclose::kOrgInt};
       }},
      {"everything_withheld",
       [](StateRegistry& r) {
         for (ContactKey key : {kRegistrant, kAdmin, kTech, kBilling}) {
           r.contact(key).disclose = {false, kOfInternational | kOfLocalized | kReach};
         }
       }},
      {"no_organization_no_fax_no_extension",
       [](StateRegistry& r) {
         r.contact(kRegistrant).international->organization.clear();
         r.contact(kRegistrant).fax = std::nullopt;
         r.contact(kRegistrant).voice->extension.clear();
       }},
      {"localized_only",
       [](StateRegistry& r) {
         r.contact(kRegistrant).international = std::nullopt;
         r.contact(kRegistrant).localized = Localized();
       }},
      {"localized_only_disclosed",
       [](StateRegistry& r) {
         r.contact(kRegistrant).international = std::nullopt;
         r.contact(kRegistrant).localized = Localized();
         r.DiscloseAll(kRegistrant);
       }},
      {"both_forms_localized_preferred",
       [](StateRegistry& r) {
         r.contact(kRegistrant).localized = Localized();
         r.contact(kRegistrant).disclose = {true, kOfLocalized};
       }},
      {"one_contact_in_all_roles",
       [](StateRegistry& r) {
         r.DiscloseAll(kRegistrant);
         for (registry::DomainContact& link : r.domain().contacts) link.contact = kRegistrant;
       }},
      {"no_telephone_no_postal_code",
       [](StateRegistry& r) {
         r.contact(kRegistrant).voice = std::nullopt;
         r.contact(kRegistrant).international->postal_code.clear();
         r.contact(kTech).voice = std::nullopt;
       }},
      {"registrant_alone", [](StateRegistry& r) { r.domain().contacts.clear(); }},
      {"no_contacts", [](StateRegistry& r) { r.RemoveContacts(); }},
      // -- names --
      {"idn", [](StateRegistry& r) { r.domain().name = DomainName("xn--mller-kva.org"); }},
      {"bundle",
       [](StateRegistry& r) {
         registry::TldPolicy policy;
         policy.data_model = registry::TldPolicy::DataModel::kMinimum;
         policy.tld = "ngo";
         r.directory.Add(policy);
         policy.tld = "ong";
         policy.bundle_of = "ngo";
         r.directory.Add(policy);
         r.domain().name = DomainName("example.ngo");
         r.RemoveContacts();
         r.domain().ds = {Ds(1)};
         r.domain().partner_ds = {Ds(2)};
       }},
      {"idn_variants",
       [](StateRegistry& r) {
         r.LetSharpSBeVariant();
         r.domain().name = DomainName("xn--strae-oqa.org");
         r.domain().idn_table = "de";
         r.domain().variant_key = r.directory.VariantKey(r.domain().name);
         Domain other = r.domain();
         other.key = DomainKey{902};
         other.name = DomainName("strasse.org");
         other.idn_table.clear();
         r.domains.emplace(other.key, other);
       }},
      {"idn_without_registered_variants",
       [](StateRegistry& r) {
         r.LetSharpSBeVariant();
         r.domain().name = DomainName("xn--strae-oqa.org");
         r.domain().idn_table = "de";
         r.domain().variant_key = r.directory.VariantKey(r.domain().name);
       }},
      // -- DNSSEC --
      {"one_ds", [](StateRegistry& r) { r.domain().ds = {Ds(12345)}; }},
      {"several_ds",
       [](StateRegistry& r) {
         r.domain().ds = {Ds(1), Ds(2, 1, 20), Ds(65535, 4, 48)};
       }},
      {"key_data",
       [](StateRegistry& r) {
         r.ChangePolicy([](registry::TldPolicy& policy) {
           policy.ds_interface = registry::TldPolicy::DsInterface::kKey;
         });
         r.domain().ds = {registry::KeyRecord(r.domain().name)};
       }},
      {"ds_that_is_not_published",
       [](StateRegistry& r) {
         r.domain().ds = {Ds(12345)};
         r.domain().statuses.Add(Status::kServerHold);
       }},
      {"ds_without_name_servers",
       [](StateRegistry& r) {
         r.domain().ds = {Ds(12345)};
         r.domain().name_servers.clear();
       }},
      // -- name servers --
      {"thirteen_name_servers",
       [](StateRegistry& r) {
         r.domain().name_servers.clear();
         for (int i = 1; i <= 13; ++i) {
           r.AddHost(HostKey{300 + i}, "ns" + std::to_string(i) + ".many.example");
           r.domain().name_servers.push_back(HostKey{300 + i});
         }
       }},
      {"name_servers_below_itself",
       [](StateRegistry& r) {
         r.AddHost(HostKey{301}, "ns1.example.org");
         Host& host = r.hosts.at(HostKey{301});
         host.superordinate = kDomain;
         host.addresses = {registry::IpAddress("208.77.190.193"),
                           registry::IpAddress("2602:800:900e:1257::1")};
         r.domain().name_servers = {kFirstHost, HostKey{301}};
       }},
      {"renamed_name_server",
       [](StateRegistry& r) { r.hosts.at(kFirstHost).name = DomainName("a.renamed.example"); }},
      {"idn_name_server",
       [](StateRegistry& r) {
         r.hosts.at(kFirstHost).name = DomainName("ns1.xn--bcher-kva.example");
       }},
      // -- registrars --
      {"registrar_without_rdap",
       [](StateRegistry& r) {
         r.ChangeRegistrar(registry::kGold, [](registry::Registrar& gold) {
           gold.rdap_base.clear();
           gold.whois_server.clear();
         });
       }},
      {"registrar_of_whom_little_is_known",
       [](StateRegistry& r) {
         r.domain().sponsor = registry::kSilver;
         r.RemoveContacts();
       }},
      {"registrar_of_the_registry_itself",
       [](StateRegistry& r) {
         r.ChangeRegistrar(registry::kGold, [](registry::Registrar& gold) { gold.iana_id = 9999; });
       }},
  };
  return states;
}

class GoldenStatesTest : public testing::TestWithParam<State> {
 protected:
  GoldenStatesTest() { GetParam().change(registry_); }

  DomainView View(const DomainName& name) {
    registry::DomainLookup lookup;
    lookup.name = name;
    return ViewOf(*registry_.Run(lookup), registry_.directory);
  }
  void Expect(std::string_view file, const DomainName& name) {
    const DomainView view = View(name);
    RdapPage page;
    page.base = "https://rdap.registry.example";
    page.request_url = page.base + "/domain/" + name.text();
    page.terms_url = "https://registry.example/rdap-terms";
    page.port43 = "whois.registry.example";
    page.as_of = registry_.now;
    tests::ExpectGolden("rdap/states/" + std::string(file) + ".json",
                        tests::PrettyJson(RdapJson(view, page)));
    const WhoisFooter footer{registry_.now, {"Terms of use: for lawful purposes only."}};
    tests::ExpectGolden("whois/states/" + std::string(file) + ".txt",
                        absl::StrReplaceAll(WhoisText(view, footer), {{"\r\n", "\n"}}));
  }

  StateRegistry registry_;
};

TEST_P(GoldenStatesTest, IsShownWhole) {
  const std::string name(GetParam().name);
  Expect(name, registry_.domain().name);
  if (name == "bundle") Expect("bundle_partner", DomainName("example.ong"));
}

INSTANTIATE_TEST_SUITE_P(All, GoldenStatesTest, testing::ValuesIn(States()),
                         [](const auto& state) { return std::string(state.param.name); });

TEST(GoldenStates, AreThirtyAtLeast) { EXPECT_GE(States().size(), 30u); }

}  // namespace
}  // namespace whois
