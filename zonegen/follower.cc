#include "zonegen/follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/monotonic.h"
#include "registry/store/directory_loader.h"
#include "zonegen/serial.h"
#include "zonegen/zone_update.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;
using registry::net::Monotonic;
using registry::store::FeedEntry;
using registry::store::FeedKind;
using registry::store::FeedReader;

constexpr absl::Duration kQuiet = absl::Minutes(1);
constexpr absl::Duration kSignOfLife = absl::Seconds(20);
constexpr absl::Duration kBusyPoll = absl::Milliseconds(10);
constexpr absl::Duration kIdlePoll = absl::Milliseconds(500);
constexpr absl::Duration kActive = absl::Seconds(2);
constexpr absl::Duration kDuePoll = absl::Seconds(1);
constexpr absl::Duration kRest = absl::Milliseconds(50);  // after a failure; doubled by the next
constexpr absl::Duration kLongestRest = absl::Seconds(1);
constexpr absl::Duration kFirstComparison = absl::Minutes(10);
constexpr absl::Duration kCompareAgain = absl::Seconds(10);  // after one that failed
constexpr int kTriesOfOne = 10;
constexpr int kFirstUsers = 4;
constexpr int kMostUsers = 4096;
constexpr size_t kMostTouched = 1'000'000;
constexpr size_t kMostPoison = 100'000;

// Behind the version, in the note that the database keeps with the position.
constexpr std::string_view kOwesComparison = " compare";

bool OwesComparison(std::string_view note) { return note.find(kOwesComparison) != note.npos; }

void Sleep(const std::stop_token& stop, absl::Duration duration) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, absl::ToChronoMilliseconds(duration), [] { return false; });
}

uint64_t NewEpoch() {
  std::random_device random;
  return static_cast<uint64_t>(random()) << 32 | random();
}

registry::store::ConnectionOptions ConnectionOptionsOf(const std::string& reader) {
  registry::store::ConnectionOptions options;
  options.application = Concat("postel-follow-", reader);
  options.keyed_plans = true;
  return options;
}

}  // namespace

Follower::Follower(FollowerOptions options, const registry::Clock& clock, FollowMetrics& metrics)
    : options_(std::move(options)),
      clock_(clock),
      metrics_(metrics),
      primary_(options_.server, options_.tld, options_.settings.timeout),
      feed_(options_.database, options_.feed_reader) {}

Follower::~Follower() {
  comparison_stop_.request_stop();
  if (comparison_.valid()) comparison_.wait();
}

void Follower::Run(const std::stop_token& stop) {
  stop_ = stop;
  while (!stop.stop_requested()) {
    const absl::Status status = Round();
    if (leads_) metrics_.Lag(Monotonic() - current_as_of_);
    if (status.ok()) continue;
    Report(status);
    StepDown();
    Sleep(stop, std::min(kRest * (1 << std::min(failures_, 5)), kLongestRest));
    if (++failures_ % kTriesOfOne == 0) LetOthersTry();
  }
}

absl::Status Follower::Round() {
  if (leads_) return Follow();
  const auto locked = Lock();
  if (!locked.ok()) return locked.status();
  if (!*locked) {
    Sleep(stop_, kIdlePoll);
    return absl::OkStatus();
  }
  return Elect();
}

// What has failed is begun again from what database and primary say. The lock is kept, as long as
// its connection lives.
void Follower::StepDown() {
  if (leads_) {
    Log(LogLevel::kWarning, "follow.stepped_down",
        {{"tld", options_.tld}, {"primary", options_.server.name}});
  }
  leads_ = attached_ = false;
  metrics_.Leads(false);
  if (database_ != nullptr && database_->lost()) database_.reset();
}

// They may reach a primary that this host does not.
void Follower::LetOthersTry() {
  database_.reset();
  Sleep(stop_, 3 * kIdlePoll);
}

void Follower::Report(const absl::Status& status) {
  const bool overtaken = absl::IsAborted(status);
  if (overtaken) {
    metrics_.Overtaken();
  } else {
    metrics_.Failed();
  }
  if (Monotonic() < quiet_until_) return;
  quiet_until_ = Monotonic() + kQuiet;
  Log(overtaken ? LogLevel::kWarning : LogLevel::kError,
      overtaken ? "follow.overtaken" : "follow.failed",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"error", std::string(status.ToString())}});
}

absl::StatusOr<bool> Follower::Lock() {
  if (database_ != nullptr && !database_->lost()) return true;
  auto connection = registry::store::Connection::Open(options_.database,
                                                      ConnectionOptionsOf(options_.feed_reader));
  if (!connection.ok()) return connection.status();
  const auto locked = registry::store::TryLock(
      **connection, Concat("postel-zonegen follow ", options_.feed_reader));
  if (locked.ok() && *locked) database_ = *std::move(connection);
  return locked;
}

absl::Status Follower::LoadPolicy() {
  auto directory = registry::store::LoadDirectory(*database_);
  if (!directory.ok()) return directory.status();
  const registry::TldPolicy* policy = (*directory)->Tld(options_.tld);
  if (policy == nullptr) return absl::NotFoundError(Concat("there is no TLD ", options_.tld));
  auto zone = ZoneRecords::Make(*policy);
  if (!zone.ok()) return zone.status();
  directory_ = *std::move(directory);
  zone_ = *std::move(zone);
  return absl::OkStatus();
}

absl::Status Follower::Attach() {
  const auto start = feed_.Attach();
  if (!start.ok()) return start.status();
  attached_ = true;
  if (*start == FeedReader::Start::kFresh) WantComparison("feed");
  return absl::OkStatus();
}

absl::Status Follower::Elect() {
  if (absl::Status status = LoadPolicy(); !status.ok()) return status;
  if (absl::Status status = Attach(); !status.ok()) return status;
  if (absl::Status status = SetApex(); !status.ok()) return status;
  due_until_ = absl::InfinitePast();
  next_due_ = next_sign_of_life_ = absl::ZeroDuration();
  if (next_comparison_ == absl::ZeroDuration()) {
    next_comparison_ = Monotonic() + std::min(options_.settings.compare_interval, kFirstComparison);
  }
  if (comparing_) spoiled_ = true;  // others may have sent changes
  leads_ = true;
  metrics_.Leads(true);
  Log(LogLevel::kInfo, "follow.leads",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"serial", serial_.value_or(0)},
       {"version", version_.ToString()}});
  return absl::OkStatus();
}

// Takes the zone over: a version of our own, and the apex as the policy has it.
absl::Status Follower::SetApex() {
  const auto note = feed_.Note();
  if (!note.ok()) return note.status();
  const auto served = primary_.ReadApex();
  if (!served.ok()) return served.status();
  if (!IsInStep(VersionAmong(served->records), *note)) WantComparison("version");
  if (OwesComparison(*note)) WantComparison("unfinished");
  NoteServed(served->serial);

  version_ = {NewEpoch(), 0};
  if (absl::Status status = feed_.Keep(Concat(*note, " ", Note())); !status.ok()) return status;
  UpdateFrame frame;
  for (const DnsRecord& record : served->records) {
    if (record.type == kTypeTxt) frame.required.push_back(record);
  }
  frame.txt = ApexTxt(*zone_, VersionRecord(version_, zone_->apex_txt_ttl()));
  frame.serial = NextSerial();
  const auto message = MakeApexUpdate(*zone_, frame, *served);
  if (!message.ok()) return message.status();
  absl::Status status = SendMessage(*message, frame.txt, frame.serial);
  if (!status.ok()) return status;
  apex_wrong_ = false;
  kept_note_ = Note();
  return feed_.Keep(kept_note_);
}

// What the next leader has to know.
std::string Follower::Note() const {
  const bool owes = owes_comparison_ || !looks_.empty() || apex_wrong_ || !poison_.empty();
  return Concat(version_.ToString(), owes ? kOwesComparison : "");
}

absl::Status Follower::Follow() {
  const absl::Duration began = Monotonic();
  if (apex_wrong_) {
    if (absl::Status status = SetApex(); !status.ok()) return status;
  }
  const auto batch = feed_.Read(static_cast<int>(options_.settings.batch));
  if (absl::IsOutOfRange(batch.status())) {
    Log(LogLevel::kWarning, "follow.feed_forgotten",
        {{"tld", options_.tld}, {"primary", options_.server.name}});
    return Attach();
  }
  if (!batch.ok()) return batch.status();
  const bool whole = std::ssize(batch->entries) < options_.settings.batch;
  const bool policy = std::ranges::any_of(
      batch->entries, [&](const FeedEntry& entry) { return entry.kind == FeedKind::kTld; });
  if (policy) {
    if (absl::Status status = PolicyChanged(); !status.ok()) return status;
  }

  ZoneChange change(*zone_, *directory_, clock_.Now());
  NoteEntries(*batch, change);
  if (absl::Status status = NoteDue(change); !status.ok()) return status;
  NoteAgain(change);
  const bool some = !change.empty();
  if (some) {
    bare_accepted_ = false;
    if (absl::Status status = Apply(change); !status.ok()) return status;
    metrics_.Changes(std::ssize(batch->entries));
  }
  if (absl::Status status = Consume(*batch, some); !status.ok()) return status;
  failures_ = 0;
  quiet_until_ = absl::ZeroDuration();
  if (whole) {
    current_as_of_ = began;
    if (absl::Status status = TakeComparison(*batch); !status.ok()) return status;
  }
  if (!batch->entries.empty()) active_until_ = Monotonic() + kActive;
  return whole && looks_.empty() ? Wait() : absl::OkStatus();
}

void Follower::NoteEntries(const FeedReader::Batch& batch, ZoneChange& change) {
  for (const FeedEntry& entry : batch.entries) change.Note(entry);
}

// The clock does things that nobody has written yet; the worker may be late.
absl::Status Follower::NoteDue(ZoneChange& change) {
  if (Monotonic() < next_due_) return absl::OkStatus();
  const absl::Time now = clock_.Now();
  if (now < due_until_) {  // a sandbox's clock was set back
    WantComparison("clock");
    due_until_ = now;
  }
  const int limit = static_cast<int>(options_.settings.batch);
  const auto due = registry::store::ReadDue(*database_, due_until_, now,
                                            directory_->bundles().PrimaryTld(options_.tld), limit);
  if (!due.ok()) return due.status();
  for (const registry::store::DueDomain& domain : *due) change.NoteDomain(domain.name);
  const bool more = std::ssize(*due) == limit && due->back().at > due_until_;
  due_until_ = more ? due->back().at - absl::Microseconds(1) : now;
  if (!more) next_due_ = Monotonic() + kDuePoll;
  return absl::OkStatus();
}

void Follower::NoteAgain(ZoneChange& change) {
  for (int64_t i = 0; i < options_.settings.batch && !looks_.empty(); ++i) {
    change.Look(looks_.back());
    looks_.pop_back();
  }
  int64_t tries = 0;
  for (auto& [owner, poison] : poison_) {
    if (Monotonic() < poison.again || ++tries > options_.settings.batch) continue;
    change.Look(owner);
  }
}

// Another policy may change what stands at every name.
absl::Status Follower::PolicyChanged() {
  const ZoneRecords before = *zone_;
  if (absl::Status status = LoadPolicy(); !status.ok()) return status;
  if (before == *zone_) return absl::OkStatus();
  for (const ZoneRecords* records : {&before, static_cast<const ZoneRecords*>(&*zone_)}) {
    for (const auto& [owner, fixed] : records->fixed()) {
      if (owner != options_.tld) looks_.push_back(owner);
    }
  }
  WantComparison("policy");
  return SetApex();
}

absl::Status Follower::Consume(const FeedReader::Batch& batch, bool sent) {
  const bool nothing_new = batch.entries.empty() && !sent && Note() == kept_note_;
  if (nothing_new && Monotonic() < next_sign_of_life_) return absl::OkStatus();
  next_sign_of_life_ = Monotonic() + kSignOfLife;
  kept_note_ = Note();
  return feed_.Consume(batch, kept_note_);
}

absl::Status Follower::Wait() {
  return feed_.Wait(Monotonic() < active_until_ ? kBusyPoll : kIdlePoll);
}

absl::Status Follower::Apply(ZoneChange& change) {
  const absl::Duration began = Monotonic();
  const auto served = primary_.ReadSerial();
  if (!served.ok()) return served.status();
  NoteServed(*served);
  const absl::Duration asked = Monotonic();
  if (absl::Status status = ReadRows(change); !status.ok()) return status;
  const std::vector<OwnerUpdate> updates = change.Updates();
  const absl::Duration read = Monotonic();
  if (absl::Status status = Send(updates); !status.ok()) return status;
  Log(LogLevel::kDebug, "follow.batch",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"names", std::ssize(updates)},
       {"ask_us", absl::ToInt64Microseconds(asked - began)},
       {"read_us", absl::ToInt64Microseconds(read - asked)},
       {"send_us", absl::ToInt64Microseconds(Monotonic() - read)}});
  for (registry::HostKey host : change.renamed()) {
    if (absl::Status status = ApplyServed(host); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Follower::ReadRows(ZoneChange& change) {
  const auto changed = registry::store::ReadChanged(*database_, change.domains(), change.hosts());
  if (!changed.ok()) return changed.status();
  change.TakeChanged(*changed);
  const std::string_view tld = directory_->bundles().PrimaryTld(options_.tld);
  std::vector<registry::HostKey> keys = change.keys();
  std::vector<std::string> names = change.names();
  for (int limit = kFirstUsers;; limit = std::min(limit * 8, kMostUsers)) {
    const auto hosts =
        registry::store::ReadHosts(*database_, keys, names, change.users(), tld, limit);
    if (!hosts.ok()) return hosts.status();
    if (change.TakeHosts(*hosts, limit)) return absl::OkStatus();
    keys.clear();
    names.clear();
  }
}

// All that a renamed host serves names it in its NS records.
absl::Status Follower::ApplyServed(registry::HostKey host) {
  const std::string_view tld = directory_->bundles().PrimaryTld(options_.tld);
  const int limit = static_cast<int>(options_.settings.batch);
  registry::DomainKey after{};
  while (!stop_.stop_requested()) {
    const auto served = registry::store::ReadServed(*database_, host, after, tld, limit);
    if (!served.ok()) return served.status();
    if (served->empty()) return absl::OkStatus();
    ZoneChange change(*zone_, *directory_, clock_.Now());
    for (const registry::store::NamedDomain& domain : *served) change.NoteDomain(domain.name);
    if (absl::Status status = Apply(change); !status.ok()) return status;
    if (std::ssize(*served) < limit) return absl::OkStatus();
    after = served->back().key;
  }
  return absl::CancelledError("asked to stop");
}

absl::Status Follower::Send(std::span<const OwnerUpdate> updates) {
  while (!updates.empty()) {
    UpdateFrame frame{txt_, {}, NextSerial()};
    const ZoneVersion next{version_.epoch, version_.count + 1};
    frame.txt = ApexTxt(*zone_, VersionRecord(next, zone_->apex_txt_ttl()));
    size_t taken = 0;
    const auto message = MakeUpdate(*zone_, frame, updates,
                                    static_cast<size_t>(options_.settings.message_bytes), &taken);
    absl::Status status;
    if (message.ok()) {
      status = SendMessage(*message, frame.txt, frame.serial);
    } else {
      taken = std::max<size_t>(taken, 1);
      status = absl::InvalidArgumentError(std::string(message.status().message()));
    }
    if (absl::IsInvalidArgument(status)) {
      status = Refused(updates.first(taken), std::string(status.message()));
    } else if (status.ok()) {
      Sent(updates.first(taken));
    }
    if (!status.ok()) return status;
    updates = updates.subspan(taken);
  }
  return absl::OkStatus();
}

// kAborted: the zone is not what we left. kInvalidArgument: the primary does not take this message.
absl::Status Follower::SendMessage(const DnsMessage& message, std::vector<DnsRecord> txt,
                                   uint32_t serial) {
  const absl::Duration began = Monotonic();
  const auto rcode = primary_.Send(message);
  if (!rcode.ok()) return rcode.status();
  if (*rcode == kNxRrset || *rcode == kYxRrset) {
    return absl::AbortedError("the zone is not as the last update left it");
  }
  if (*rcode != kNoError) {
    metrics_.Refused();
    return absl::InvalidArgumentError(Concat("the primary answers ", RcodeName(*rcode)));
  }
  metrics_.Updated(Monotonic() - began);
  txt_ = std::move(txt);
  if (const auto version = VersionAmong(txt_)) version_ = *version;
  serial_ = serial;
  metrics_.Serial(serial);
  return absl::OkStatus();
}

void Follower::Sent(std::span<const OwnerUpdate> updates) {
  for (const OwnerUpdate& update : updates) {
    if (comparing_ && !spoiled_) touched_.insert(update.owner);
    if (!poison_.empty() && poison_.erase(update.owner) > 0) {
      Log(LogLevel::kInfo, "follow.poison_gone",
          {{"tld", options_.tld}, {"primary", options_.server.name}, {"name", update.owner}});
      metrics_.Poison(std::ssize(poison_));
    }
  }
  if (touched_.size() > kMostTouched) {
    touched_.clear();
    spoiled_ = true;
  }
}

// Halves what is refused, until the name that the primary does not take is alone.
absl::Status Follower::Refused(std::span<const OwnerUpdate> updates, const std::string& why) {
  if (!bare_accepted_) {
    // Does it take anything at all?
    if (absl::Status status = SendBare(); !status.ok()) {
      return absl::IsInvalidArgument(status) ? absl::FailedPreconditionError(why) : status;
    }
    bare_accepted_ = true;
  }
  if (updates.size() > 1) {
    const size_t half = updates.size() / 2;
    if (absl::Status status = Send(updates.first(half)); !status.ok()) return status;
    return Send(updates.subspan(half));
  }
  const std::string& owner = updates.front().owner;
  if (poison_.size() >= kMostPoison && !poison_.contains(owner)) {
    return absl::ResourceExhaustedError("the primary refuses too many names");
  }
  auto [poison, first] = poison_.try_emplace(owner);
  if (!first) ++poison->second.tries;
  poison->second.again = Monotonic() + options_.settings.retry;
  metrics_.Poison(std::ssize(poison_));
  if (first) {
    Log(LogLevel::kError, "follow.poison",
        {{"tld", options_.tld},
         {"primary", options_.server.name},
         {"name", owner},
         {"error", why}});
  }
  return absl::OkStatus();
}

absl::Status Follower::SendBare() {
  UpdateFrame frame{txt_, {}, NextSerial()};
  const ZoneVersion next{version_.epoch, version_.count + 1};
  frame.txt = ApexTxt(*zone_, VersionRecord(next, zone_->apex_txt_ttl()));
  size_t taken = 0;
  const auto message = MakeUpdate(*zone_, frame, {}, 0, &taken);
  if (!message.ok()) return message.status();
  return SendMessage(*message, frame.txt, frame.serial);
}

uint32_t Follower::NextSerial() const { return zonegen::NextSerial(serial_, clock_.Now()); }

void Follower::NoteServed(uint32_t serial) {
  if (serial_ && SerialGreater(*serial_, serial)) {
    Log(LogLevel::kError, "follow.serial_back",
        {{"tld", options_.tld},
         {"primary", options_.server.name},
         {"served", serial},
         {"sent", *serial_}});
    WantComparison("serial");
    return;
  }
  serial_ = serial;
}

void Follower::WantComparison(std::string reason) {
  spoiled_ = comparing_;
  owes_comparison_ = true;
  if (comparison_reason_.empty()) comparison_reason_ = std::move(reason);
  next_comparison_ = Monotonic();
}

void Follower::StartComparison() {
  const std::string reason = std::exchange(comparison_reason_, "");
  Log(LogLevel::kInfo, "follow.compares",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"reason", reason.empty() ? "interval" : reason}});
  ComparisonOrder order;
  order.database = options_.database;
  order.server = options_.server;
  order.tld = options_.tld;
  order.file = Concat(options_.directory, "/", options_.tld, ".", options_.server.name, ".compare");
  for (const auto& [owner, records] : zone_->fixed()) order.fixed.insert(WireName(owner));
  order.timeout = options_.settings.timeout;
  order.max_differences = options_.settings.max_differences;
  comparing_ = true;
  spoiled_ = false;
  touched_.clear();
  comparison_stop_ = {};
  comparison_ = std::async(std::launch::async, [order = std::move(order), now = clock_.Now(),
                                                stop = comparison_stop_.get_token()] {
    return CompareZone(order, now, stop);
  });
}

// Between two batches: all that the feed tells up to this one is in the zone.
absl::Status Follower::TakeComparison(const FeedReader::Batch& batch) {
  if (!comparing_) {
    if (Monotonic() >= next_comparison_ && looks_.empty()) StartComparison();
    return absl::OkStatus();
  }
  if (!compared_) {
    if (comparison_.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
      return absl::OkStatus();
    }
    auto result = comparison_.get();
    if (!result.ok() || spoiled_) return ComparisonFailed(result.status());
    compared_ = *std::move(result);
  }
  if (batch.transaction < compared_->barrier) return absl::OkStatus();
  const ComparisonResult result = *std::exchange(compared_, std::nullopt);
  if (spoiled_) return ComparisonFailed(absl::OkStatus());
  owes_comparison_ = false;
  EndComparison(options_.settings.compare_interval);
  return Mend(result);
}

void Follower::EndComparison(absl::Duration again) {
  comparing_ = false;
  // Another may be wanted by now.
  if (comparison_reason_.empty()) next_comparison_ = Monotonic() + again;
}

absl::Status Follower::ComparisonFailed(const absl::Status& status) {
  EndComparison(std::min(options_.settings.compare_interval, kCompareAgain));
  touched_.clear();
  if (!status.ok()) {
    Log(LogLevel::kError, "follow.compare_failed",
        {{"tld", options_.tld}, {"primary", options_.server.name}, {"error", status.ToString()}});
  }
  return absl::OkStatus();
}

absl::Status Follower::Mend(const ComparisonResult& result) {
  int64_t in_flight = 0;
  std::string examples;
  int shown = 0;
  for (const std::string& owner : result.owners) {
    if (touched_.contains(owner) || poison_.contains(owner)) {
      ++in_flight;
      continue;
    }
    if (shown < 5) examples += Concat(shown++ == 0 ? "" : " ", owner);
    if (owner == options_.tld) {
      apex_wrong_ = true;
    } else {
      looks_.push_back(owner);
    }
  }
  const int64_t differences = result.different - in_flight;
  touched_.clear();
  metrics_.Compared(result.compared, differences, result.took);
  Log(differences == 0 ? LogLevel::kInfo : LogLevel::kWarning, "follow.compared",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"names", result.compared},
       {"differences", differences},
       {"in_flight", in_flight},
       {"examples", examples},
       {"ms", absl::ToInt64Milliseconds(result.took)}});
  // The rest of what was too much to be kept.
  if (result.different > std::ssize(result.owners)) WantComparison("rest");
  return absl::OkStatus();
}

}  // namespace zonegen
