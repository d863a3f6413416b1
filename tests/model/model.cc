#include "tests/model/model.h"

#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "registry/commands/contact_materialize.h"
#include "registry/commands/domain_materialize.h"
#include "registry/commands/poll_acknowledge.h"
#include "registry/rules/statuses.h"
#include "registry/types/years.h"

namespace model {
namespace {

using registry::AnyCommand;
using registry::Changes;
using registry::Concat;
using registry::Contact;
using registry::Decision;
using registry::Dice;
using registry::Domain;
using registry::DomainPhase;
using registry::Host;
using registry::LedgerEntry;
using registry::LedgerKind;
using registry::MemoryRegistry;
using registry::Money;
using registry::PollMessage;
using registry::Project;
using registry::RegistrarKey;
using registry::Status;
using registry::StatusSet;
using registry::TldPolicy;

constexpr Money kYear{700};
constexpr absl::Duration kDay = absl::Hours(24);

// The two TLDs differ in whatever a policy decides.
TldPolicy MakePolicy(std::string_view tld, TldPolicy::DataModel data_model, Dice& dice) {
  TldPolicy policy;
  policy.tld = tld;
  policy.data_model = data_model;
  policy.auth_info_ttl = registry::RandomCommands::kAuthInfoTtl;
  policy.create_fee = policy.renew_fee = policy.transfer_fee = kYear;
  policy.restore_fee = Money{1000};
  if (dice.Percent(50)) return policy;  // the standing lifecycle
  policy.add_grace = dice.Below(10) * kDay;
  policy.renew_grace = dice.Below(10) * kDay;
  policy.auto_renew_grace = dice.Below(60) * kDay;
  policy.transfer_grace = dice.Below(10) * kDay;
  policy.redemption = (1 + dice.Below(60)) * kDay;
  policy.pending_delete = (1 + dice.Below(10)) * kDay;
  policy.restore_report_wait = dice.Below(30) * kDay;
  policy.transfer_wait = (1 + dice.Below(30)) * kDay;
  policy.longest_years = dice.Percent(50) ? 10 : 1 + dice.Below(10);
  return policy;
}

MemoryRegistry MakeRegistry(const Setting& setting) {
  Dice dice(setting.seed);
  MemoryRegistry registry;
  registry.directory.Add(MakePolicy("thick", TldPolicy::DataModel::kMaximum, dice));
  registry.directory.Add(MakePolicy("thin", TldPolicy::DataModel::kMinimum, dice));
  registry.directory.settings.contact_auth_info_ttl = registry::RandomCommands::kAuthInfoTtl;
  int32_t key = 0;
  for (const std::string id : {"gold", "silver", "bronze"}) {
    registry::Registrar registrar;
    registrar.key = RegistrarKey{++key};
    registrar.id = registry::RegistrarId(id);
    registrar.credit_limit = Money{setting.compare_workers ? 1'000'000'000 : 3000};
    registry.directory.Add(registrar);
  }
  return registry;
}

bool Refers(const Domain& domain, registry::ContactKey contact) {
  return domain.registrant == contact ||
         std::ranges::find(domain.contacts, contact, &registry::DomainContact::contact) !=
             domain.contacts.end();
}

int UtcYear(absl::Time time) { return static_cast<int>(registry::UtcDay(time).year()); }

// Whether the expiry is an anniversary of the creation; the 28th is one of 29 February.
bool IsAnniversary(absl::Time expires, absl::Time created) {
  const absl::CivilDay a = registry::UtcDay(expires), b = registry::UtcDay(created);
  if (a.month() != b.month()) return false;
  return a.day() == b.day() || (b.month() == 2 && b.day() == 29 && a.day() == 28);
}

// RFC 5731, 5732 and 5733 section 2.3.
bool GoTogether(StatusSet statuses) {
  constexpr std::pair<Status, Status> kNever[] = {
      {Status::kPendingDelete, Status::kClientDeleteProhibited},
      {Status::kPendingDelete, Status::kServerDeleteProhibited},
      {Status::kPendingRenew, Status::kClientRenewProhibited},
      {Status::kPendingRenew, Status::kServerRenewProhibited},
      {Status::kPendingTransfer, Status::kClientTransferProhibited},
      {Status::kPendingTransfer, Status::kServerTransferProhibited},
      {Status::kPendingUpdate, Status::kClientUpdateProhibited},
      {Status::kPendingUpdate, Status::kServerUpdateProhibited}};
  for (const auto& [one, other] : kNever) {
    if (statuses.Has(one) && statuses.Has(other)) return false;
  }
  int pending = 0;
  for (const Status status : {Status::kPendingCreate, Status::kPendingDelete, Status::kPendingRenew,
                              Status::kPendingTransfer, Status::kPendingUpdate}) {
    pending += statuses.Has(status);
  }
  if (pending > 1) return false;
  StatusSet others = statuses;
  others.Remove(Status::kOk);
  others.Remove(Status::kLinked);
  return statuses.Has(Status::kOk) == others.empty();
}

std::string Text(StatusSet statuses) {
  std::string text;
  for (const Status status : statuses.ToVector()) text += Concat(" ", StatusName(status));
  return text;
}

auto Key(const LedgerEntry& entry) {
  return std::tuple(entry.registrar, static_cast<char>(entry.kind), entry.amount.minor, entry.what,
                    entry.domain, entry.domain_version);
}
auto Key(const PollMessage& message) {
  return std::tuple(message.registrar, message.queued, message.text, message.object_name,
                    static_cast<char>(message.notice), message.expires);
}

template <class Value>
auto Sorted(const std::vector<Value>& values) {
  std::vector<decltype(Key(values.front()))> keys;
  for (const Value& value : values) keys.push_back(Key(value));
  std::ranges::sort(keys);
  return keys;
}

bool Same(const Changes& a, const Changes& b) {
  const auto same = [](const auto& one, const auto& other) {
    return std::ranges::equal(one, other,
                              [](const auto& x, const auto& y) { return Key(x) == Key(y); });
  };
  return same(a.ledger, b.ledger) && same(a.messages, b.messages) &&
         std::ranges::equal(a.domains, b.domains, [](const auto& x, const auto& y) {
           return x.before == y.before && x.after == y.after && x.happened == y.happened;
         });
}

}  // namespace

Model::Model(const Setting& setting) : setting_(setting) {
  const MemoryRegistry registry = MakeRegistry(setting);
  if (setting.compare_workers) {
    lanes_.push_back({Worker::kPunctual, registry});
    lanes_.push_back({Worker::kAway, registry});
  }
  lanes_.push_back({Worker::kLate, registry});
}

void Model::Expect(bool holds, std::string_view what, std::string_view about) {
  if (!holds && complaint_.empty()) complaint_ = Concat(what, about.empty() ? "" : ": ", about);
}

std::string Model::Run(const Step& step) {
  complaint_.clear();
  Dice dice(setting_.seed * 1'000'003u + static_cast<uint32_t>(step.number));
  for (Lane& lane : lanes_) Work(lane, step.at, dice);
  Decide(step);
  CheckRefusal();
  CheckSpending(step);
  CheckLedger();
  CheckDomains(step.at);
  CheckHosts();
  CheckContacts(step.at);
  CheckMessages(step.at);
  CheckProjection(step.at, dice);
  if (lanes_.size() > 1) CheckSameEverywhere(step.at);
  if (failures_.size() > 0) {
    Expect(false, "a change does not fit", failures_.GetTestPartResult(0).message());
  }
  return complaint_;
}

// -- the worker --

void Model::Work(Lane& lane, absl::Time now, Dice& dice) {
  switch (lane.worker) {
    case Worker::kPunctual:
      for (absl::Time at = NextEvent(lane.registry); at <= now; at = NextEvent(lane.registry)) {
        WriteAll(lane.registry, at);
      }
      break;
    case Worker::kAway:
      break;
    case Worker::kLate:
      if (dice.Percent(40)) WriteSome(lane.registry, now, dice);
      break;
  }
}

absl::Time Model::NextEvent(const MemoryRegistry& registry) {
  absl::Time next = absl::InfiniteFuture();
  for (const auto& [key, domain] : registry.domains) {
    next = std::min(next, registry::NextEvent(domain));
  }
  for (const auto& [key, contact] : registry.contacts) {
    next = std::min(next, registry::NextEvent(contact));
  }
  return next;
}

void Model::WriteAll(MemoryRegistry& registry, absl::Time at) {
  std::vector<AnyCommand> commands;
  for (const auto& [key, domain] : registry.domains) {
    if (registry::NextEvent(domain) > at) continue;
    commands.push_back(MakeCommand(registry::kLifecycle, "", registry::DomainMaterialize{key}));
  }
  for (const auto& [key, contact] : registry.contacts) {
    if (registry::NextEvent(contact) > at) continue;
    commands.push_back(MakeCommand(registry::kLifecycle, "", registry::ContactMaterialize{key}));
  }
  if (!commands.empty()) registry.Run(commands, 0, at);
}

void Model::WriteSome(MemoryRegistry& registry, absl::Time at, Dice& dice) {
  std::vector<AnyCommand> commands;
  for (const auto& [key, domain] : registry.domains) {
    if (dice.Percent(50)) continue;
    commands.push_back(MakeCommand(registry::kLifecycle, "", registry::DomainMaterialize{key}));
  }
  for (const auto& [key, contact] : registry.contacts) {
    if (dice.Percent(50)) continue;
    commands.push_back(MakeCommand(registry::kLifecycle, "", registry::ContactMaterialize{key}));
  }
  if (!commands.empty()) registry.Run(commands, 0, at);
}

// -- the command --

AnyCommand Model::Acknowledge(const MemoryRegistry& registry, RegistrarKey registrar,
                              const std::optional<PollMessage>& message) {
  registry::PollAcknowledge command{registrar, 0};
  for (const PollMessage& other : registry.messages) {
    if (message && Key(other) == Key(*message)) command.id = other.id;
  }
  return MakeCommand(registrar, registry::kPollAcknowledge, command);
}

void Model::Decide(const Step& step) {
  const bool polls = step.command.kind == registry::kPollAcknowledge;
  std::optional<PollMessage> oldest;
  if (polls) {
    // A queue holds what is written.
    for (Lane& lane : lanes_) WriteAll(lane.registry, step.at);
    CheckQueuesSameEverywhere();
    const std::vector<PollMessage>& messages = registry().messages;
    const auto mine = std::ranges::find(messages, step.command.asker, &PollMessage::registrar);
    if (mine != messages.end()) oldest = *mine;
  }
  std::vector<Decision> decisions;
  for (Lane& lane : lanes_) {
    const AnyCommand command =
        polls ? Acknowledge(lane.registry, step.command.asker, oldest) : step.command;
    lane.registry.Run(lane.registry.ClockFirst({command.needs()}, step.at), 0, step.at);
    if (&lane == &lanes_.front()) {
      const MemoryRegistry& r = lane.registry;
      before_ = {r.domains, r.hosts, r.contacts, r.balances, r.ledger.size(), r.messages.size()};
    }
    decisions.push_back(lane.registry.Run({command}, step.number, step.at).front());
  }
  for (const Decision& other : decisions) {
    Expect(other.reason == decisions[0].reason && other.code == decisions[0].code,
           "the answer depends on the worker",
           Concat(static_cast<int>(decisions[0].code), " ", decisions[0].reason, " or ",
                  static_cast<int>(other.code), " ", other.reason));
  }
  decision_ = std::move(decisions.front());
}

void Model::CheckRefusal() {
  if (decision_.accepted()) {
    Expect(IsSuccess(decision_.code), "accepted with the code of a refusal");
    return;
  }
  const MemoryRegistry& r = registry();
  Expect(!IsSuccess(decision_.code), "refused with the code of a success");
  Expect(decision_.code != registry::ResultCode::kCommandFailed, "refused with 2400");
  Expect(decision_.changes.empty(), "a refusal wants changes");
  Expect(r.domains == before_.domains && r.hosts == before_.hosts &&
             r.contacts == before_.contacts && r.balances == before_.balances &&
             r.ledger.size() == before_.entries && r.messages.size() == before_.messages,
         "a refusal has changed something");
}

// What the command itself (not the clock) takes has to be there.
void Model::CheckSpending(const Step& step) {
  const registry::Registrar* asker = registry().directory.Registrar(step.command.asker);
  if (asker == nullptr || !decision_.accepted()) return;
  Money spent;
  for (const LedgerEntry& entry : decision_.changes.ledger) {
    if (entry.registrar == asker->key) spent += entry.amount;
  }
  const auto balance = before_.balances.find(asker->key);
  const Money had = balance == before_.balances.end() ? Money{} : balance->second;
  Expect(spent >= Money{} || had + spent + asker->credit_limit >= Money{},
         "spends what it does not have", asker->id.text());
}

// -- money --

void Model::Count(const LedgerEntry& entry, Account& account) const {
  if (entry.what == "restore") return;
  account.paid += -entry.amount;
  account.for_nothing |= entry.kind == LedgerKind::kCharge && entry.amount == Money{};
}

void Model::CheckLedger() {
  const MemoryRegistry& r = registry();
  Expect(r.ledger.size() >= entries_seen_, "the ledger has lost an entry");
  for (; entries_seen_ < r.ledger.size(); ++entries_seen_) {
    const LedgerEntry& entry = r.ledger[entries_seen_];
    const std::string about =
        Concat(entry.what, " of domain ", Number(entry.domain), " version ", entry.domain_version);
    sums_[entry.registrar] += entry.amount;
    Expect(r.directory.Registrar(entry.registrar) != nullptr, "an entry of nobody's", about);
    if (entry.kind == LedgerKind::kDeposit) continue;
    Count(entry, accounts_[entry.domain]);
    if (entry.kind == LedgerKind::kCharge) {
      Expect(entry.amount <= Money{}, "a charge that pays", about);
      Expect(charged_.emplace(entry.domain, entry.domain_version, entry.what).second,
             "charged twice", about);
      charges_.emplace(entry.domain, entry.registrar, entry.what, -entry.amount.minor);
    } else {
      Expect(entry.amount >= Money{}, "a refund that costs", about);
      const auto charge =
          charges_.find({entry.domain, entry.registrar, entry.what, entry.amount.minor});
      Expect(charge != charges_.end(), "given back what was not paid, or twice", about);
      if (charge != charges_.end()) charges_.erase(charge);
    }
  }
  for (const auto& [registrar, sum] : sums_) {
    const auto balance = r.balances.find(registrar);
    Expect(balance != r.balances.end() && balance->second == sum,
           "the balance is not the sum of the ledger", r.directory.RegistrarText(registrar));
  }
  Expect(r.balances.size() == sums_.size(), "a balance without entries");
}

// -- domains --

void Model::CheckDomains(absl::Time now) {
  for (const auto& [key, row] : registry().domains) {
    CheckDomain(row, now);
    const auto before = before_.domains.find(key);
    if (before != before_.domains.end()) {
      Expect(row.version >= before->second.version, "a version goes back", row.name.text());
      if (row.version == before->second.version) {
        Expect(row == before->second, "changed without a new version", row.name.text());
        continue;
      }
    }
    Expect(registry::NextEvent(row) > now,
           "the clock has something to do with what is just written", row.name.text());
  }
}

void Model::CheckDomain(const Domain& row, absl::Time now) {
  const MemoryRegistry& r = registry();
  const TldPolicy& policy = *r.directory.Tld(row.name.tld());
  Expect(r.FindRow(row.name) == &row, "two domains of one name", row.name.text());
  Expect(r.directory.Registrar(row.sponsor) != nullptr, "a domain of nobody's", row.name.text());
  Expect(row.expires <= registry::AddYears(now, std::max(policy.longest_years, 1)),
         "expires too far ahead", row.name.text());
  Expect(IsAnniversary(row.expires, row.created), "expires on another day than it was created",
         row.name.text());
  CheckReferences(row);
  const registry::Projection projection = Project(row, now, r.directory);
  if (!projection.domain) return;
  const Domain& domain = *projection.domain;
  Expect(domain.phase != DomainPhase::kActive || domain.expires > now, "active and expired",
         row.name.text());
  const StatusSet statuses = ShownStatuses(domain);
  Expect(GoTogether(statuses), "statuses that exclude each other",
         Concat(row.name.text(), Text(statuses)));
  for (const registry::GracePeriod& grace : domain.grace) {
    Expect(grace.ends > now, "a grace period that is over", row.name.text());
    Expect(domain.phase == DomainPhase::kActive || domain.phase == DomainPhase::kPendingRestore,
           "a grace period of a deleted domain", row.name.text());
  }
  Expect(!IsPending(domain.transfer) || (domain.transfer->losing == domain.sponsor &&
                                         domain.transfer->gaining != domain.sponsor),
         "a transfer between others", row.name.text());
  CheckYears(domain, projection.arrears);
}

// The years between creation and expiry are those that were paid for and not given back.
void Model::CheckYears(const Domain& domain, const Changes& arrears) {
  Account account = accounts_[domain.key];
  for (const LedgerEntry& entry : arrears.ledger) Count(entry, account);
  if (account.for_nothing) return;
  if (IsPending(domain.transfer)) account.paid += -domain.transfer->fee;
  const int years = UtcYear(domain.expires) - UtcYear(domain.created);
  Expect(account.paid == kYear * years, "paid for other years than it has",
         Concat(domain.name.text(), " has ", years, " for ", FormatMoney(account.paid)));
}

void Model::CheckReferences(const Domain& row) {
  const MemoryRegistry& r = registry();
  Expect(std::ranges::adjacent_find(row.name_servers, std::ranges::greater_equal{}) ==
             row.name_servers.end(),
         "name servers not sorted and unique", row.name.text());
  for (const registry::HostKey key : row.name_servers) {
    const auto host = r.hosts.find(key);
    Expect(host != r.hosts.end(), "a name server that is not there", row.name.text());
    if (host == r.hosts.end()) continue;
    Expect(host->second.superordinate == registry::DomainKey{} || !host->second.addresses.empty(),
           "a name server without an address", host->second.name.text());
  }
  Expect(std::ranges::is_sorted(row.contacts), "contacts not sorted", row.name.text());
  for (const registry::DomainContact& link : row.contacts) {
    Expect(r.contacts.contains(link.contact), "a contact that is not there", row.name.text());
  }
  const bool thick = row.name.tld() == "thick";
  Expect(thick ? r.contacts.contains(row.registrant) : row.registrant == registry::ContactKey{},
         "a registrant that is not there, or should not be", row.name.text());
}

// -- hosts and contacts --

void Model::CheckHosts() {
  const MemoryRegistry& r = registry();
  for (const auto& [key, host] : r.hosts) {
    const std::string_view name = host.name.text();
    Expect(r.FindHost(host.name) == &host, "two hosts of one name", name);
    const bool linked = std::ranges::any_of(r.domains, [&](const auto& domain) {
      return std::ranges::count(domain.second.name_servers, host.key) > 0;
    });
    Expect(GoTogether(ShownStatuses(host, linked)), "statuses that exclude each other", name);
    const auto before = before_.hosts.find(key);
    Expect(before == before_.hosts.end() || host.version > before->second.version ||
               host == before->second,
           "changed without a new version", name);
    if (host.superordinate == registry::DomainKey{}) {
      Expect(r.directory.Registrar(host.sponsor) != nullptr, "a host of nobody's", name);
      Expect(host.name.tld() == "net" && host.addresses.empty(), "external with addresses", name);
      continue;
    }
    const auto domain = r.domains.find(host.superordinate);
    Expect(domain != r.domains.end(), "a host below no domain", name);
    if (domain == r.domains.end()) continue;
    Expect(host.name == domain->second.name || host.name.IsBelow(domain->second.name.text()),
           "a host below another domain", name);
    Expect(host.sponsor == registry::kNoRegistrar, "a sponsor beside the domain's", name);
    Expect(domain->second.phase == DomainPhase::kActive, "a deleted domain has hosts", name);
  }
}

void Model::CheckContacts(absl::Time now) {
  const MemoryRegistry& r = registry();
  for (const auto& [key, row] : r.contacts) {
    const std::string_view id = row.id.text();
    Expect(r.FindContact(row.id) == &row, "two contacts of one name", id);
    Expect(r.directory.Registrar(row.sponsor) != nullptr, "a contact of nobody's", id);
    const auto before = before_.contacts.find(key);
    const bool changed = before == before_.contacts.end() || row != before->second;
    Expect(!changed || before == before_.contacts.end() || row.version > before->second.version,
           "changed without a new version", id);
    Expect(!changed || registry::NextEvent(row) > now,
           "the clock has something to do with what is just written", id);
    const Contact contact = Project(row, now).contact;
    const bool linked = std::ranges::any_of(
        r.domains, [&](const auto& domain) { return Refers(domain.second, row.key); });
    Expect(GoTogether(ShownStatuses(contact, linked)), "statuses that exclude each other", id);
    Expect(!IsPending(contact.transfer) || (contact.transfer->losing == contact.sponsor &&
                                            contact.transfer->gaining != contact.sponsor),
           "a transfer between others", id);
  }
}

// -- messages --

void Model::CheckMessages(absl::Time now) {
  const MemoryRegistry& r = registry();
  for (auto message = r.messages.rbegin();
       message != r.messages.rend() && message->id > last_message_; ++message) {
    const auto later = message == r.messages.rbegin() ? r.messages.rend() : std::prev(message);
    Expect(later == r.messages.rend() || later->id > message->id, "messages out of order");
    Expect(r.directory.Registrar(message->registrar) != nullptr, "a message to nobody",
           message->text);
    Expect(message->queued <= now, "a message from the future", message->text);
    Expect(!message->text.empty() && !message->object_name.empty(), "an empty message");
    const bool of_transfer = message->notice == PollMessage::Notice::kDomainTransfer ||
                             message->notice == PollMessage::Notice::kContactTransfer;
    Expect(message->transfer.has_value() == of_transfer, "a transfer's message without it",
           message->text);
    Expect(message->expires.has_value() == (message->notice == PollMessage::Notice::kRenewed),
           "a renewal's message without the expiry", message->text);
  }
  if (!r.messages.empty()) last_message_ = r.messages.back().id;
  const auto& removed = decision_.changes.removed_messages;
  // More if the clock had arrears of what the command changes.
  Expect(r.messages.size() + removed.size() >= before_.messages + decision_.changes.messages.size(),
         "a message is lost");
  for (const auto& [registrar, id] : removed) {
    Expect(std::ranges::find(r.messages, id, &PollMessage::id) == r.messages.end(),
           "an acknowledged message stays");
  }
}

// -- the clock --

// Written by steps or at once, what the clock does comes to the same.
void Model::CheckProjection(absl::Time now, Dice& dice) {
  const MemoryRegistry& r = registry();
  if (r.domains.empty()) return;
  const auto& row =
      std::next(r.domains.begin(), dice.Below(static_cast<int>(r.domains.size())))->second;
  const absl::Time later = now + dice.Below(1500) * kDay + absl::Milliseconds(dice.Below(2000));
  absl::Time between = now + dice.Below(1500) * kDay;
  if (const absl::Time next = registry::NextEvent(row); dice.Percent(50) && next <= later) {
    between = next;
  }
  if (between > later) between = later;
  const registry::Projection whole = Project(row, later, r.directory);
  registry::Projection steps = Project(row, between, r.directory);
  if (steps.domain) {
    registry::Projection rest = Project(*steps.domain, later, r.directory);
    steps.domain = std::move(rest.domain);
    steps.arrears.Append(std::move(rest.arrears));
  }
  Expect(whole.domain == steps.domain && Same(whole.arrears, steps.arrears),
         "the clock does something else by steps", row.name.text());
}

// -- of several registries --

Model::View Model::ViewOf(const MemoryRegistry& registry, absl::Time now) {
  View view{{}, {}, registry.balances};
  for (const auto& [key, row] : registry.domains) {
    const registry::Projection projection = Project(row, now, registry.directory);
    if (projection.domain) view.domains.emplace(row.name, *projection.domain);
    for (const LedgerEntry& entry : projection.arrears.ledger) {
      view.balances[entry.registrar] += entry.amount;
    }
  }
  for (const auto& [key, row] : registry.contacts) {
    view.contacts.emplace(row.id, Project(row, now).contact);
  }
  return view;
}

void Model::CheckSameEverywhere(absl::Time now) {
  const View first = ViewOf(registry(), now);
  for (const Lane& lane : lanes_) {
    if (&lane == &lanes_.front()) continue;
    const View other = ViewOf(lane.registry, now);
    for (const auto& [name, domain] : first.domains) {
      const auto same = other.domains.find(name);
      Expect(same != other.domains.end() && same->second == domain,
             "a domain depends on the worker", name.text());
    }
    Expect(first.domains.size() == other.domains.size(), "a domain depends on the worker");
    Expect(first.contacts == other.contacts, "a contact depends on the worker");
    Expect(first.balances == other.balances, "a balance depends on the worker");
    Expect(registry().hosts == lane.registry.hosts, "a host depends on the worker");
  }
}

// When everything is written.
void Model::CheckQueuesSameEverywhere() {
  for (const Lane& lane : lanes_) {
    if (&lane == &lanes_.front()) continue;
    Expect(Sorted(registry().messages) == Sorted(lane.registry.messages),
           "a message depends on the worker");
    Expect(Sorted(registry().ledger) == Sorted(lane.registry.ledger),
           "an entry of the ledger depends on the worker");
  }
}

}  // namespace model
