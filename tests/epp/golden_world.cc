#include "tests/epp/golden_world.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "registry/commands/contact_update.h"
#include "registry/commands/domain_delete.h"
#include "registry/commands/domain_update.h"
#include "registry/commands/host_update.h"
#include "registry/commands/operator_changes.h"
#include "registry/commands/organization_update.h"
#include "registry/rules/maintenances.h"
#include "registry/types/dns_key.h"
#include "registry/types/given_token.h"
#include "registry/types/years.h"

namespace epp {

using registry::At;
using registry::ContactRole;
using registry::Disclose;
using registry::Domain;
using registry::DsRecord;
using registry::GraceKind;
using registry::Status;

GoldenWorld::GoldenWorld() {
  ChangePolicy([](registry::TldPolicy& policy) { policy.reserved = {"reserved"}; });
  ChangePolicy([](registry::TldPolicy& policy) {
    policy.premium_classes["rare"] = {registry::Money{10000}, registry::Money{5000},
                                      registry::Money{6000}, registry::Money{8000}};
    policy.premium = {{"gem", "rare"}, {"jewel", "rare"}};
  });
  ChangePolicy([](registry::TldPolicy& policy) {
    policy.max_ns_ttl = policy.max_glue_ttl = 86400;
    policy.max_ds_ttl = 7200;
  });
  for (const auto phase : {registry::LaunchPhase::kClaims, registry::LaunchPhase::kSunrise}) {
    registry::TldPolicy policy = *directory.Tld("org");
    policy.tld = std::string(registry::LaunchPhaseName(phase));
    policy.launch_phases = {{phase}};
    directory.Add(std::move(policy));
  }
  registry::TldPolicy keys = *directory.Tld("org");
  keys.tld = "keys";
  keys.ds_interface = registry::TldPolicy::DsInterface::kKey;
  directory.Add(std::move(keys));
  AddIdnTlds();
  AddRegistrars();
  AddContacts();
  AddAlpha();
  AddOtherDomains();
  AddMessages();
  AddDomain("given.org").token = registry::UsedToken{5, "used-abc"};
  AddToken("abc123").name = registry::DomainName("reserved.org");
  registry::AllocationToken& sale = AddToken("sale");
  sale.kind = registry::AllocationToken::Kind::kPromotion;
  sale.discount = 50;
  registry::AllocationToken& move = AddToken("move");
  move = sale;
  move.purpose = registry::AllocationToken::Purpose::kTransfer;
  move.digest = registry::GivenToken("move").digest();
  AddOperatorChanges();
  AddMaintenances();
  AddContact("mailed").additional_email =
      registry::AdditionalEmail{"j\u00F6rg@m\u00FCller.example", true};
  AddOrganizations();
}

void GoldenWorld::AddIdnTlds() {
  directory.Add(*registry::ParseIdnTable(
      "de", "table = de\nallow = 0061-007A 00DF 00E4 00F6 00FC\nvariant = 00DF : 0073 0073\n"));
  directory.Add(*registry::ParseIdnTable("es", "table = es\nallow = 0061-007A 00F1 00FC\n"));
  registry::TldPolicy policy = *directory.Tld("org");
  policy.tld = "idn";
  policy.idn_tables = {"de", "es"};
  directory.Add(policy);
  policy.tld = "idnonly";
  policy.idn_required = policy.idn_only = true;
  directory.Add(std::move(policy));
}

void GoldenWorld::AddRegistrars() {
  registry::Registrar poor = *directory.Registrar(registry::kSilver);
  poor.key = kPoor;
  poor.id = registry::RegistrarId("poor");
  registry::Registrar idle = poor;
  idle.key = kIdle;
  idle.id = registry::RegistrarId("idle");
  registry::Registrar mover = poor, keeper = poor;
  mover.key = kMover;
  mover.id = registry::RegistrarId("mover");
  keeper.key = kKeeper;
  keeper.id = registry::RegistrarId("keeper");
  for (const auto& [key, id] :
       {std::pair{kNoted, "noted"}, std::pair{kNotedHost, "noted-host"},
        std::pair{kNotedContact, "noted-contact"}, std::pair{kNotedPurge, "noted-purge"},
        std::pair{kNotedOrganization, "noted-org"}, std::pair{kToldCreate, "told-create"},
        std::pair{kToldUpdate, "told-update"}, std::pair{kToldDelete, "told-delete"},
        std::pair{kToldCourtesy, "told-courtesy"}, std::pair{kToldEnd, "told-end"}}) {
    registry::Registrar noted = poor;
    noted.key = key;
    noted.id = registry::RegistrarId(id);
    directory.Add(std::move(noted));
  }
  directory.Add(std::move(mover));
  directory.Add(std::move(keeper));
  directory.Add(std::move(poor));
  directory.Add(std::move(idle));
  balances[kPoor] = registry::Money{899};  // a create costs 9.00
}

void GoldenWorld::AddContacts() {
  AddContact("holder");
  AddContact("free");
  registry::Contact& full = AddContact("full");
  full.international->organization = "Example & Sons";
  full.international->state = "VA";
  full.international->postal_code = "20166-6503";
  full.localized = full.international;
  full.localized->name = "\u00C4da <Example>";
  full.voice = registry::Phone{"+1.7035555555", "1234"};
  full.fax = registry::Phone{"+1.7035555556", ""};
  full.statuses = {Status::kClientTransferProhibited};
  full.disclose = {false, Disclose::kNameInt | Disclose::kNameLoc | Disclose::kOrgInt |
                              Disclose::kOrgLoc | Disclose::kAddrInt | Disclose::kAddrLoc |
                              Disclose::kVoice | Disclose::kFax | Disclose::kEmail};
  full.updater = registry::kSilver;
  full.updated = At("2026-05-01T10:00:00.001Z");
  full.transferred = At("2026-04-01T10:00:00Z");
}

void GoldenWorld::AddAlpha() {
  Domain& alpha = AddDomain("alpha.org");
  registry::Host& inside = AddHost("ns1.alpha.org", {"192.0.2.1", "2001:db8::1"});
  inside.ttls.aaaa = 900;
  inside.updater = registry::kOperator;
  inside.updated = At("2026-05-02T10:00:00Z");
  inside.transferred = At("2026-04-02T10:00:00Z");
  AddHost("spare.example.net");
  Delegate(alpha, {"ns1.alpha.org", "ns1.example.net"});
  const registry::ContactKey holder = contact("holder").key, full = contact("full").key;
  alpha.contacts = {
      {ContactRole::kAdmin, holder}, {ContactRole::kBilling, full}, {ContactRole::kTech, full}};
  std::ranges::sort(alpha.contacts);
  alpha.ds = {*DsRecord::Make(60485, 16, 2, std::string(64, 'A'))};
  alpha.statuses = {Status::kClientTransferProhibited};
  alpha.ttls.ns = 600;
  alpha.updater = registry::kGold;
  alpha.updated = At("2026-05-03T10:00:00Z");
  alpha.transferred = At("2026-04-03T10:00:00Z");
}

void GoldenWorld::AddOtherDomains() {
  AddDomain("bare.org");
  Domain& fresh = AddDomain("fresh.org");
  fresh.created = now - absl::Hours(24);
  fresh.expires = registry::AddYears(fresh.created, 1);
  fresh.grace = {{GraceKind::kAdd, fresh.created + absl::Hours(24 * 5), registry::Money{900},
                  registry::kGold}};
  AddDomain("locked.org").statuses = {Status::kClientUpdateProhibited,
                                      Status::kClientDeleteProhibited,
                                      Status::kClientRenewProhibited};
  Domain& gone = AddDomain("gone.org");
  gone.phase = registry::DomainPhase::kRedemption;
  gone.phase_ends = now + absl::Hours(24 * 20);
  Domain& beta = AddDomain("beta.org");
  beta.sponsor = registry::kSilver;
  Domain& back = AddDomain("back.org");
  back.phase = registry::DomainPhase::kPendingRestore;
  back.phase_ends = now + absl::Hours(24 * 3);
  back.redemption_ends = gone.phase_ends;
  Domain& lapsed = AddDomain("lapsed.org");
  lapsed.sponsor = kPoor;
  lapsed.phase = registry::DomainPhase::kRedemption;
  lapsed.phase_ends = now + absl::Hours(24);
  AddContact("moving").transfer = PendingTransfer();
  Domain& moving = AddDomain("moving.org");
  moving.transfer = PendingTransfer();
  moving.transfer->years = 1;
  moving.transfer->fee = registry::Money{900};
  moving.transfer->expires = registry::AddYears(moving.expires, 1);
  AddDomain("jewel.org").premium_class = "rare";
  AddDomain("kept.keys").ds = {
      registry::DnsKey::Parse(
          "257 3 13 "
          "GojIhhXUN/"
          "u4v54ZQqGSnyhWJwaubCvTmeexv7bR6edbkrSqQpF64cYbcB7wNcP+e+MAnLr+Wi9xMWyQLc8NAA==")
          ->DsFor(registry::DomainName("kept.keys"))};
  AddDomain("kept.sunrise").launch =
      registry::Launch{registry::LaunchPhase::kSunrise,
                       "1-2",
                       {},
                       {},
                       "<mark:mark xmlns:mark=\"urn:ietf:params:xml:ns:mark-1.0\"></mark:mark>"};
  Domain& street = AddDomain("xn--strae-oqa.idn");
  street.idn_table = "de";
  street.variant_key = directory.VariantKey(street.name);
}

// From gold to silver.
registry::Transfer GoldenWorld::PendingTransfer() const {
  registry::Transfer transfer;
  transfer.gaining = registry::kSilver;
  transfer.losing = registry::kGold;
  transfer.requested = now - absl::Hours(24);
  transfer.acted = now + absl::Hours(24 * 4);
  return transfer;
}

void GoldenWorld::AddMessages() {
  registry::Changes changes;
  for (const char* text : {"Domain purged: old.org", "Balance low: <1.00> & falling"}) {
    registry::PollMessage message;
    message.registrar = registry::kGold;
    message.queued = At("2026-06-01T00:00:00Z");
    message.text = text;
    changes.Queue(std::move(message));
  }
  registry::PollMessage renewed;
  renewed.registrar = registry::kSilver;
  renewed.queued = At("2026-06-02T00:00:00Z");
  renewed.text = "The domain beta.org has expired and was renewed for one year";
  renewed.object_name = "beta.org";
  renewed.notice = registry::PollMessage::Notice::kRenewed;
  renewed.expires = At("2027-06-02T00:00:00Z");
  changes.Queue(std::move(renewed));
  registry::PollMessage purged;
  purged.registrar = kPoor;
  purged.queued = At("2026-06-03T00:00:00Z");
  purged.text = "The domain away.org was purged";
  purged.object_name = "away.org";
  purged.notice = registry::PollMessage::Notice::kPurged;
  purged.deleted_by = {0xABC, "my-delete-1"};
  changes.Queue(std::move(purged));
  registry::PollMessage moved;
  moved.registrar = kMover;
  moved.queued = At("2026-06-04T00:00:00Z");
  moved.text = "The transfer of the domain moving.org was requested";
  moved.object_name = "moving.org";
  moved.notice = registry::PollMessage::Notice::kDomainTransfer;
  moved.transfer = FindRow(registry::DomainName("moving.org"))->transfer;
  changes.Queue(moved);
  moved.registrar = kKeeper;
  moved.text = "The transfer of the contact moving was cancelled";
  moved.object_name = "moving";
  moved.notice = registry::PollMessage::Notice::kContactTransfer;
  moved.transfer = PendingTransfer();
  moved.transfer->state = registry::TransferState::kClientCancelled;
  changes.Queue(std::move(moved));
  Write(changes);
}

// Objects of their own, so that no other case notices.
void GoldenWorld::AddOperatorChanges() {
  Domain& noted = AddDomain("noted.org");
  noted.sponsor = noted.creator = kNoted;
  noted.contacts = {{ContactRole::kAdmin, noted.registrant},
                    {ContactRole::kTech, noted.registrant}};
  noted.ds = {*DsRecord::Make(12345, 13, 2, std::string(64, 'B'))};
  noted.grace = {{GraceKind::kRenew, now + absl::Hours(1), registry::Money{900}, kNoted, 1}};
  Delegate(noted, {"ns.noted.example"});
  registry::Host& host = AddHost("ns.noted-host.example");
  host.sponsor = host.creator = kNotedHost;
  registry::Contact& person = AddContact("noted-person");
  person.sponsor = person.creator = kNotedContact;
  Domain& undone = AddDomain("undone.org");
  undone.sponsor = undone.creator = kNotedPurge;
  undone.created = now - absl::Hours(24);
  undone.grace = {
      {GraceKind::kAdd, now + absl::Hours(24 * 4), registry::Money{900}, kNotedPurge, 1}};

  const auto operate = [&](const auto& command, const char* name, registry::OperatorNote note) {
    registry::Needs needs = NeedsOf(command);
    registry::AddWhatIsShown(&needs);
    registry::WorkingSet loaded = Load({needs}, now);
    const registry::Context as_operator{registry::kOperator, now, 700, "", directory};
    auto applied = Apply(command, as_operator, loaded);
    registry::TellSponsors(note, name, as_operator, loaded, &applied->changes);
    Write(loaded.Merge(std::move(applied->changes)));
  };
  registry::DomainUpdate lock;
  lock.name = noted.name;
  lock.add.statuses = {Status::kServerDeleteProhibited, Status::kServerTransferProhibited,
                       Status::kServerUpdateProhibited};
  operate(lock, "domain-update", {"URS lock", "UR-2026-17", "urs"});
  registry::HostUpdate host_lock;
  host_lock.name = host.name;
  host_lock.add.statuses = {Status::kServerUpdateProhibited};
  operate(host_lock, "host-update", {});
  registry::ContactUpdate contact_lock;
  contact_lock.id = person.id;
  contact_lock.add = {Status::kServerDeleteProhibited};
  operate(contact_lock, "contact-update", {"UDRP & <review>", "D2026-0042", "udrp"});
  operate(registry::DomainDelete{undone.name}, "domain-delete",
          {"court order", "7 O 12/26", "court"});
  registry::Organization& seller = AddOrganization("noted-seller");
  seller.sponsor = seller.creator = kNotedOrganization;
  seller.roles = {{registry::OrganizationRole::kPrivacyProxy, "", {}},
                  {registry::OrganizationRole::kReseller, "1523", {Status::kClientLinkProhibited}}};
  seller.international = person.international;
  seller.localized.emplace().name = "\u00C4da";
  seller.voice = registry::Phone{"+1.7035555555", "1234"};
  seller.url = "https://example.com";
  seller.contacts = {{registry::OrganizationContactType::kAbuse, "", person.key, person.id}};
  registry::OrganizationUpdate end;
  end.id = seller.id;
  end.add.statuses = {Status::kTerminated};
  operate(end, "organization-update", {"insolvent", "", ""});
}

void GoldenWorld::AddOrganizations() {
  using enum registry::OrganizationRole;
  AddOrganization("plain");
  AddOrganization("other").sponsor = registry::kSilver;
  const registry::OrganizationKey top = AddOrganization("top").key;
  registry::Organization& child = AddOrganization("child");
  child.parent = top;
  child.parent_id = registry::OrganizationId("top");
  child.statuses = {Status::kHold};
  registry::Organization& full = AddOrganization("full");
  full.roles = {{kPrivacyProxy, "", {Status::kClientLinkProhibited}}, {kReseller, "1523-r", {}}};
  full.statuses = {Status::kClientDeleteProhibited};
  full.parent = top;
  full.parent_id = registry::OrganizationId("top");
  full.international = contact("full").international;
  full.localized.emplace().name = "\u00C4da <Example>";
  full.voice = registry::Phone{"+1.7035555555", "1234"};
  full.fax = registry::Phone{"+1.7035555556", ""};
  full.email = "contact@example.com";
  full.url = "https://example.com/?a=1&b=2";
  const registry::ContactKey holder = contact("holder").key;
  using enum registry::OrganizationContactType;
  full.contacts = {{kAdmin, "", holder, registry::ContactId("holder")},
                   {kCustom, "legal", holder, registry::ContactId("holder")}};
  full.updater = registry::kGold;
  full.updated = At("2026-05-04T10:00:00Z");
  AddDomain("sold.org").organizations =
      std::vector<registry::OrganizationLink>{{kReseller, full.key, full.id}};
}

void GoldenWorld::AddMaintenances() {
  using registry::Maintenance;
  using Kind = registry::MaintenanceNotice::Kind;
  Maintenance plain;
  plain.id = "plain-8";
  plain.systems = {{"EPP", "", Maintenance::Impact::kFull}};
  plain.starts = now + absl::Hours(24 * 9);
  plain.ends = plain.starts + absl::Hours(2);
  plain.created = now - absl::Hours(24 * 20);
  Maintenance full = plain;
  full.id = "full-7";
  full.name = "Move & <test>";
  full.types = {"Routine Maintenance", "Software Update"};
  full.systems = {{"EPP", "epp.nic.example", Maintenance::Impact::kPartial},
                  {"WHOIS & RDAP", "2001:db8::43", Maintenance::Impact::kNone},
                  {"Zone", "", Maintenance::Impact::kFull}};
  full.environment = "custom";
  full.environment_name = "second site";
  full.starts = now + absl::Hours(24 * 8);
  full.emergency = true;
  full.detail = "https://www.nic.example/maintenance?id=7&lang=en";
  full.descriptions = {{"en", "We move <to> a \"new\" site"}, {"de", "Wir ziehen um \u00FC"}};
  full.tlds = {"idn", "org"};
  full.intervention = Maintenance::Intervention{true, false};
  full.updated = now - absl::Hours(24);
  Maintenance running = plain, over = plain, old = plain;
  running.id = "running-6";
  running.starts = now - absl::Hours(1);
  running.ends = now + absl::Hours(1);
  over.id = "over-5";
  over.starts = now - absl::Hours(24 * 8);
  over.ends = now - absl::Hours(24 * 7);
  old.id = "old-4";
  old.starts = now - absl::Hours(24 * 60);
  old.ends = now - registry::kReadableAfterEnd;
  registry::Changes changes;
  for (const auto& [registrar, kind, maintenance] :
       {std::tuple{kToldCreate, Kind::kCreate, &full},
        std::tuple{kToldUpdate, Kind::kUpdate, &full},
        std::tuple{kToldDelete, Kind::kDelete, &plain},
        std::tuple{kToldCourtesy, Kind::kCourtesy, &full},
        std::tuple{kToldEnd, Kind::kEnd, &over}}) {
    Maintenance told = *maintenance;
    if (kind == Kind::kCreate) told.updated.reset();
    registry::PollMessage message = registry::MessageOf({kind, std::move(told)}, now);
    message.registrar = registrar;
    changes.Queue(std::move(message));
  }
  Write(changes);
  for (const Maintenance* maintenance : {&plain, &full, &running, &over, &old}) {
    maintenances.emplace(maintenance->id, *maintenance);
  }
}

}  // namespace epp
