#include "tests/epp/golden_world.h"

#include <algorithm>
#include <string>
#include <utility>

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
  AddRegistrars();
  AddContacts();
  AddAlpha();
  AddOtherDomains();
  AddMessages();
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
  AddDomain("jewel.org");
  AddDomain("kept.sunrise").launch =
      registry::Launch{registry::LaunchPhase::kSunrise,
                       "1-2",
                       {},
                       {},
                       "<mark:mark xmlns:mark=\"urn:ietf:params:xml:ns:mark-1.0\"></mark:mark>"};
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

}  // namespace epp
