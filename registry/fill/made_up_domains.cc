#include "registry/fill/made_up_domains.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/fill/draw.h"
#include "registry/fill/label.h"
#include "registry/fill/words.h"
#include "registry/rules/pricing.h"
#include "registry/types/years.h"

namespace fill {
namespace {

using registry::AddYears;
using registry::Changes;
using registry::Concat;
using registry::Contact;
using registry::ContactId;
using registry::ContactRole;
using registry::Domain;
using registry::DomainName;
using registry::DomainPhase;
using registry::DsRecord;
using registry::GraceKind;
using registry::Host;
using registry::IpAddress;
using registry::Money;
using registry::PostalInfo;
using registry::RegistrarKey;
using registry::Status;
using registry::TldPolicy;
using registry::Years;

// What each thing is drawn from, so that a change of one leaves the others as they are.
enum Topic : uint64_t {
  kIsHolder = 1,
  kSponsor,
  kAge,
  kTld,
  kPerson,
  kLife,
  kStatuses,
  kServers,
  kSigning,
  kRoles
};

// What lies so far ahead of the reference is still ahead at the end of its day.
constexpr absl::Duration kDay = absl::Hours(24);
constexpr int64_t kOldest = 20 * 31'556'952;  // seconds

// The number of the first domain of the holder that `number` has. Half of the domains are of
// somebody who has another one.
int64_t HolderOf(int64_t number) {
  while ((number - 1) % MadeUpDomains::kBlock != 0 && !Draw(number, kIsHolder).Chance(550)) {
    --number;
  }
  return number;
}

// Registrar k (from 1) has a share like 1/k.
RegistrarKey SponsorFor(int64_t holder, const Cast& cast) {
  static const std::array<int64_t, kRegistrars> kUpTo = [] {
    std::array<int64_t, kRegistrars> sums{};
    int64_t sum = 0;
    for (int k = 0; k < kRegistrars; ++k) sums[static_cast<size_t>(k)] = sum += 100'000 / (k + 1);
    return sums;
  }();
  const int64_t lot = Draw(holder, kSponsor).Below(kUpTo.back());
  const auto index = std::upper_bound(kUpTo.begin(), kUpTo.end(), lot) - kUpTo.begin();
  return cast.registrars[static_cast<size_t>(index)];
}

size_t IndexOf(RegistrarKey sponsor, const Cast& cast) {
  const auto found = std::find(cast.registrars.begin(), cast.registrars.end(), sponsor);
  return static_cast<size_t>(found - cast.registrars.begin());
}

// Old ones are rarer, and none is older than the first of its holder's.
absl::Duration AgeOf(int64_t number, int64_t holder) {
  Draw draw(holder, kAge);
  const int64_t oldest = std::min(draw.Below(kOldest), draw.Below(kOldest));
  const int64_t age = number == holder ? oldest : Draw(number, kAge).Below(oldest + 1);
  return absl::Seconds(age + 1);
}

// Between the two, on a whole second.
absl::Time Sometime(Draw& draw, absl::Time from, absl::Time to) {
  return from + absl::Seconds(draw.Below(std::max<int64_t>(1, absl::ToInt64Seconds(to - from))));
}

std::string Capitalised(std::string_view word) {
  std::string text(word);
  if (text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

Contact MakeHolder(int64_t number, RegistrarKey sponsor, absl::Time created) {
  Draw draw(number, kPerson);
  const std::string_view given = draw.Of(kGivenNames), family = draw.Of(kFamilyNames);
  const Place& place = draw.Of(kPlaces);
  Contact contact;
  contact.id = ContactId::Trusted(Concat("FH-", number));
  contact.sponsor = contact.creator = sponsor;
  contact.created = created;
  PostalInfo postal;
  postal.name = Concat(given, " ", family);
  if (draw.Chance(600)) {
    constexpr std::array<std::string_view, 6> kForms = {"Foundation", "Association", "Inc.",
                                                        "Society",    "Institute",   "Network"};
    postal.organization = Concat(Capitalised(draw.Of(kWords)), " ", Capitalised(draw.Of(kWords)),
                                 " ", draw.Of(kForms));
  }
  postal.street = {Concat(1 + draw.Below(400), " ", Capitalised(draw.Of(kWords)), " Street")};
  if (draw.Chance(150)) postal.street.push_back(Concat("Suite ", 1 + draw.Below(90)));
  postal.city = place.city;
  postal.state = place.state;
  postal.postal_code = place.postal_code;
  postal.country = place.country;
  contact.international = std::move(postal);
  if (!place.own_name.empty() && draw.Chance(500)) {
    contact.localized = contact.international;
    contact.localized->city = place.own_name;
  }
  const std::string digits = std::to_string(1'000'0000 + draw.Below(9'000'0000));
  contact.voice = registry::Phone{
      Concat("+", place.dialling_code, ".555", std::string_view(digits).substr(1)), ""};
  contact.email = Concat(draw.Of(kWords), number, "@", draw.Of(kWords), "-mail.example");
  return contact;
}

// Any 256 or 384 bits will do for a digest.
DsRecord MakeDs(Draw& draw) {
  DsRecord record;
  record.key_tag = static_cast<uint16_t>(1 + draw.Below(65'535));
  const int64_t lot = draw.Below(100);
  record.algorithm = lot < 68 ? 13 : lot < 96 ? 8 : 15;
  record.digest_type = draw.Chance(950) ? 2 : 4;
  const size_t octets = record.digest_type == 2 ? 32 : 48;
  while (record.digest.size() < octets) {
    uint64_t bits = draw.Next();
    for (int i = 0; i < 8; ++i, bits >>= 8) record.digest += static_cast<char>(bits & 0xFF);
  }
  return record;
}

void Sign(int64_t number, Domain& domain) {
  Draw draw(number, kSigning);
  if (!draw.Chance(45)) return;
  domain.ds.push_back(MakeDs(draw));
  if (draw.Chance(120)) domain.ds.push_back(MakeDs(draw));
  std::ranges::sort(domain.ds);
  domain.ds.erase(std::unique(domain.ds.begin(), domain.ds.end()), domain.ds.end());
}

registry::StatusSet StatusesOf(int64_t number) {
  Draw draw(number, kStatuses);
  registry::StatusSet statuses;
  if (draw.Chance(620)) statuses.Add(Status::kClientTransferProhibited);
  if (draw.Chance(300)) statuses.Add(Status::kClientDeleteProhibited);
  if (draw.Chance(200)) statuses.Add(Status::kClientUpdateProhibited);
  if (draw.Chance(40)) statuses.Add(Status::kClientRenewProhibited);
  if (draw.Chance(12)) statuses.Add(Status::kClientHold);
  if (draw.Chance(1)) statuses.Add(Status::kServerHold);
  return statuses;
}

// A host of its own below the domain, from the ranges for benchmarks and documentation.
Host MakeGlueHost(int index, const Domain& domain, Draw& draw) {
  Host host;
  host.name = DomainName::Trusted(Concat("ns", index, ".", domain.name.text()));
  host.creator = domain.creator;
  host.created = domain.created;
  host.superordinate = domain.key;
  host.addresses = {IpAddress(
      Concat("198.", 18 + draw.Below(2), ".", draw.Below(256), ".", 1 + draw.Below(254)))};
  if (draw.Chance(400)) {
    constexpr std::string_view kHex = "123456789abcdef";
    std::string address = "2001:db8:";
    for (int i = 0; i < 3; ++i) address += draw.Of(kHex);
    host.addresses.push_back(IpAddress(address + "::53"));
  }
  return host;
}

void Delegate(int64_t number, const Cast& cast, Domain& domain, Keys& keys, Changes& changes) {
  Draw draw(number, kServers);
  const int64_t lot = draw.Below(1000);
  if (lot < 22) return;  // registered, but not in use
  if (lot < 42 && domain.phase == DomainPhase::kActive) {
    for (int i = 1; i <= 2; ++i) {
      Host host = MakeGlueHost(i, domain, draw);
      host.key = registry::HostKey{keys.Next()};
      domain.name_servers.push_back(host.key);
      changes.Insert(std::move(host));
    }
  } else {
    domain.name_servers = cast.providers[static_cast<size_t>(draw.Ranked(kProviderDoublings) - 1)];
  }
  std::ranges::sort(domain.name_servers);
  Sign(number, domain);
}

// Expiry, grace periods, and the last thing that was paid for.
struct Payment {
  Money fee;
  std::string_view what;
};

Payment LetLive(Draw& draw, const TldPolicy& policy, absl::Time reference, Domain& domain) {
  int years = 1;
  while (AddYears(domain.created, years) <= reference + kDay) ++years;
  const absl::Time last = AddYears(domain.created, years - 1);
  const bool is_new = years == 1;
  // Most are paid for to their next anniversary, few for long.
  const auto ahead = draw.Chance(250) ? static_cast<int>(draw.Ranked(3)) : 0;
  domain.expires = AddYears(domain.created, years + ahead);
  if (draw.Chance(600)) {
    domain.updater = domain.sponsor;
    domain.updated = Sometime(draw, domain.created, reference);
  }

  const auto begin_grace = [&](GraceKind kind, absl::Time ends, Money fee, int bought) {
    if (ends > reference + kDay) domain.grace.push_back({kind, ends, fee, domain.sponsor, bought});
  };
  if (is_new) {
    const Money fee = CreateFee(policy, domain.name, Years(1 + ahead));
    begin_grace(GraceKind::kAdd, domain.created + policy.add_grace, fee, 1 + ahead);
    return {fee, "create"};
  }
  if (ahead == 0 && last <= reference && draw.Chance(500)) {
    const Money fee = RenewFee(policy, domain.name, Years(1));
    begin_grace(GraceKind::kAutoRenew, last + policy.auto_renew_grace, fee, 1);
    return {fee, "auto-renew"};
  }
  const Money fee = RenewFee(policy, domain.name, Years(1 + ahead));
  if (draw.Chance(10)) {
    const absl::Time renewed = Sometime(draw, reference - policy.renew_grace, reference);
    if (renewed > domain.created) {
      begin_grace(GraceKind::kRenew, renewed + policy.renew_grace, fee, 1 + ahead);
    }
  }
  return {fee, "renew"};
}

// What DomainDelete leaves behind, and the end of redemption after it.
void LetDie(Draw& draw, const TldPolicy& policy, absl::Time reference, Domain& domain) {
  const bool redeemable = draw.Chance(850);
  const absl::Duration span = redeemable ? policy.redemption : policy.pending_delete;
  if (span <= 2 * kDay) return;
  const absl::Time ends = Sometime(draw, reference + kDay + absl::Seconds(1), reference + span);
  const absl::Time deleted = ends - span - (redeemable ? absl::ZeroDuration() : policy.redemption);
  if (deleted <= domain.created) return;
  domain.phase = redeemable ? DomainPhase::kRedemption : DomainPhase::kPendingDelete;
  domain.phase_ends = ends;
  domain.grace.clear();
  domain.updater = domain.sponsor;
  domain.updated = deleted;
}

void Transfer(Draw& draw, const Cast& cast, absl::Time reference, Domain& domain) {
  // Not within the grace period of a transfer, nor before a registrar lets go of a new name.
  const absl::Time from = domain.created + 60 * kDay, to = reference - 60 * kDay;
  if (from >= to) return;
  domain.creator = draw.Of(cast.registrars);
  if (domain.creator != domain.sponsor) domain.transferred = Sometime(draw, from, to);
}

}  // namespace

MadeUpDomains::MadeUpDomains(const Cast& cast, const registry::Directory& directory,
                             absl::Time reference)
    : cast_(cast),
      reference_(reference),
      org_(directory.Tld("org")),
      ngo_(directory.Tld("ngo")),
      ong_(directory.Tld("ong")) {
  POSTEL_CHECK(org_ != nullptr && ngo_ != nullptr && ong_ != nullptr);
}

Changes MadeUpDomains::Make(int64_t number, Keys& keys) {
  const int64_t tld = Draw(number, kTld).Below(100);
  const TldPolicy& policy = tld < 80 ? *org_ : tld < 90 || !ong_->bundle_of.empty() ? *ngo_ : *ong_;
  const int64_t holder = HolderOf(number);
  Changes changes;
  Domain domain;
  domain.name = DomainName::Trusted(Concat(LabelOf(number), ".", policy.tld));
  domain.sponsor = domain.creator = SponsorFor(holder, cast_);
  domain.created = reference_ - AgeOf(number, holder);
  domain.statuses = StatusesOf(number);
  Draw life(number, kLife);
  if (life.Chance(80)) Transfer(life, cast_, reference_, domain);
  const Payment payment = LetLive(life, policy, reference_, domain);
  if (life.Chance(8)) LetDie(life, policy, reference_, domain);
  if (domain.phase != DomainPhase::kActive) domain.statuses = {};

  if (number == holder) {
    Contact contact = MakeHolder(number, domain.sponsor, domain.created);
    contact.key = holder_ = registry::ContactKey{keys.Next()};
    changes.Insert(std::move(contact));
  }
  domain.key = registry::DomainKey{keys.Next()};
  if (policy.data_model == TldPolicy::DataModel::kMaximum) {
    Draw roles(number, kRoles);
    domain.registrant = holder_;
    domain.contacts = {{ContactRole::kAdmin, holder_}};
    if (roles.Chance(250)) domain.contacts.push_back({ContactRole::kBilling, holder_});
    domain.contacts.push_back(
        {ContactRole::kTech,
         roles.Chance(600) ? cast_.tech_contacts[IndexOf(domain.sponsor, cast_)] : holder_});
  }
  Delegate(number, cast_, domain, keys, changes);
  changes.Charge(domain.sponsor, payment.fee, std::string(payment.what), domain);
  changes.Insert(std::move(domain));
  return changes;
}

}  // namespace fill
