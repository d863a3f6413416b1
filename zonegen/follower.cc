#include "zonegen/follower.h"

#include <algorithm>
#include <condition_variable>
#include <iterator>
#include <limits>
#include <mutex>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/monotonic.h"
#include "registry/store/delegation_reader.h"
#include "registry/store/directory_loader.h"
#include "zonegen/change_rows.h"

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
constexpr absl::Duration kConsume = absl::Milliseconds(200);  // while there is more to send
constexpr absl::Duration kBusyPoll = absl::Milliseconds(10);
constexpr absl::Duration kIdlePoll = absl::Milliseconds(500);
constexpr absl::Duration kActive = absl::Seconds(2);
constexpr absl::Duration kDuePoll = absl::Seconds(1);
constexpr absl::Duration kRest = absl::Milliseconds(50);  // after a failure; doubled by the next
constexpr absl::Duration kLongestRest = absl::Seconds(1);
constexpr int kTriesOfOne = 10;
constexpr uint64_t kNotYet = std::numeric_limits<uint64_t>::max();

// Behind the version, in the note that the database keeps with the position.
constexpr std::string_view kOwesComparison = " compare";

bool OwesComparison(std::string_view note) { return note.find(kOwesComparison) != note.npos; }

void Sleep(const std::stop_token& stop, absl::Duration duration) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, absl::ToChronoMilliseconds(duration), [] { return false; });
}

ZoneVersion NewVersion() {
  std::random_device random;
  return {static_cast<uint64_t>(random()) << 32 | random(), 0};
}

registry::store::ConnectionOptions ConnectionOptionsOf(const std::string& reader) {
  registry::store::ConnectionOptions options;
  options.application = Concat("postel-follow-", reader);
  options.keyed_plans = true;
  return options;
}

ComparisonOrder OrderOf(const FollowerOptions& options) {
  ComparisonOrder order;
  order.database = options.database;
  order.server = options.server;
  order.tld = options.tld;
  order.file = Concat(options.directory, "/", options.tld, ".", options.server.name, ".compare");
  order.timeout = options.settings.timeout;
  order.max_differences = options.settings.max_differences;
  return order;
}

}  // namespace

Follower::Follower(FollowerOptions options, const registry::Clock& clock, FollowMetrics& metrics)
    : options_(std::move(options)),
      clock_(clock),
      metrics_(metrics),
      comparisons_(OrderOf(options_), options_.settings.compare_interval, metrics),
      sender_(options_.server, options_.tld, options_.settings, clock, metrics,
              [this](const std::string& owner) { comparisons_.Touch(owner); }),
      feed_(options_.database, options_.feed_reader) {}

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
  if (!leads_) return;
  absl::Status status = AwaitSent(0);
  if (status.ok()) status = Consume(true);
  if (!status.ok()) Report(status);  // what is not consumed comes again
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

absl::Status Follower::Elect() {
  if (absl::Status status = LoadPolicy(); !status.ok()) return status;
  if (absl::Status status = Attach(); !status.ok()) return status;
  if (absl::Status status = SetApex(); !status.ok()) return status;
  due_until_ = absl::InfinitePast();
  next_due_ = next_sign_of_life_ = absl::ZeroDuration();
  comparisons_.Spoil();  // others may have sent changes
  leads_ = true;
  metrics_.Leads(true);
  Log(LogLevel::kInfo, "follow.leads",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"serial", sender_.serial()},
       {"version", sender_.version().ToString()}});
  return absl::OkStatus();
}

// What was read and not consumed is read again.
absl::Status Follower::Attach() {
  const auto start = feed_.Attach();
  if (!start.ok()) return start.status();
  read_.reset();
  sent_.clear();
  done_.reset();
  if (*start == FeedReader::Start::kFresh) comparisons_.Want("feed");
  return absl::OkStatus();
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

// Takes the zone over: a version of our own, and the apex as the policy has it. While nothing is on
// its way.
absl::Status Follower::SetApex() {
  const auto note = feed_.Note();
  if (!note.ok()) return note.status();
  const auto served = sender_.ReadApex();
  if (!served.ok()) return served.status();
  const auto before = VersionAmong(served->records);
  if (!IsInStep(before, *note)) comparisons_.Want("version");
  if (OwesComparison(*note)) comparisons_.Want("unfinished");
  if (sender_.TakeWentBack()) comparisons_.Want("serial");

  // Killed in between, the next leader finds one of the two.
  const ZoneVersion version = NewVersion();
  absl::Status status =
      feed_.Keep(Concat(before ? Concat(before->ToString(), " ") : "", NoteOf(version)));
  if (status.ok()) status = sender_.SetApex(*zone_, *served, version);
  if (!status.ok()) return status;
  apex_wrong_ = false;
  kept_note_ = NoteOf(version);
  return feed_.Keep(kept_note_);
}

// What the next leader has to know.
std::string Follower::NoteOf(const ZoneVersion& version) const {
  const bool owes =
      comparisons_.owed() || !looks_.empty() || apex_wrong_ || !sender_.refused().empty();
  return Concat(version.ToString(), owes ? kOwesComparison : "");
}

// What has failed is begun again from what database and primary say. The lock is kept, as long as
// its connection lives.
void Follower::StepDown() {
  if (leads_) {
    Log(LogLevel::kWarning, "follow.stepped_down",
        {{"tld", options_.tld}, {"primary", options_.server.name}});
  }
  leads_ = false;
  metrics_.Leads(false);
  sender_.GiveUp();
  for (Sent& sent : sent_) {
    looks_.insert(looks_.end(), std::move_iterator(sent.looks.begin()),
                  std::move_iterator(sent.looks.end()));
  }
  sent_.clear();
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

absl::Status Follower::Follow() {
  const absl::Duration began = Monotonic();
  if (apex_wrong_) {
    absl::Status status = AwaitSent(0);
    if (status.ok()) status = SetApex();
    if (!status.ok()) return status;
  }
  const int limit = static_cast<int>(options_.settings.batch);
  const auto batch = read_ ? feed_.Read(limit, *read_) : feed_.Read(limit);
  if (absl::IsOutOfRange(batch.status())) {
    Log(LogLevel::kWarning, "follow.feed_forgotten",
        {{"tld", options_.tld}, {"primary", options_.server.name}});
    absl::Status status = AwaitSent(0);
    return status.ok() ? Attach() : status;
  }
  if (!batch.ok()) return batch.status();
  const bool whole = std::ssize(batch->entries) < limit;
  const auto sent = SendChanges(*batch, began, whole);
  if (!sent.ok()) return sent.status();

  // While one message is with the primary, what the next will say is read; what is more than that
  // waits, so that a busy primary gets fewer and longer messages.
  absl::Status status = whole ? AwaitSent(*sent ? 1 : 0) : TakeAnswers();
  if (status.ok()) status = Consume(false);
  if (status.ok() && whole) status = Compare(*batch);
  if (!status.ok()) return status;
  if (!batch->entries.empty()) active_until_ = Monotonic() + kActive;
  return whole && !*sent && looks_.empty() ? Wait() : absl::OkStatus();
}

// Whether there was anything to send.
absl::StatusOr<bool> Follower::SendChanges(const Batch& batch, absl::Duration began, bool whole) {
  const bool policy = std::ranges::any_of(
      batch.entries, [](const FeedEntry& entry) { return entry.kind == FeedKind::kTld; });
  if (policy) {
    if (absl::Status status = PolicyChanged(); !status.ok()) return status;
  }
  ZoneChange change(*zone_, *directory_, clock_.Now());
  for (const FeedEntry& entry : batch.entries) change.Note(entry);
  if (absl::Status status = NoteDue(change); !status.ok()) return status;
  sent_.push_back({batch.end, kNotYet, whole, false, began, NoteAgain(change)});
  const bool some = !change.empty();
  if (some) {
    if (absl::Status status = Apply(change); !status.ok()) return status;
    metrics_.Changes(std::ssize(batch.entries));
  }
  sent_.back().done = sender_.given();
  sent_.back().some = some || !batch.entries.empty();
  read_ = batch.end;
  return some;
}

// The clock does things that nobody has written yet; the worker may be late.
absl::Status Follower::NoteDue(ZoneChange& change) {
  if (Monotonic() < next_due_) return absl::OkStatus();
  const absl::Time now = clock_.Now();
  if (now < due_until_) {  // a sandbox's clock was set back
    comparisons_.Want("clock");
    due_until_ = now;
  }
  const int limit = static_cast<int>(options_.settings.batch);
  const auto due = registry::store::ReadDue(*database_, due_until_, now, KeptUnder(), limit);
  if (!due.ok()) return due.status();
  for (const registry::store::DueDomain& domain : *due) change.NoteDomain(domain.name);
  const bool more = std::ssize(*due) == limit && due->back().at > due_until_;
  due_until_ = more ? due->back().at - absl::Microseconds(1) : now;
  if (!more) next_due_ = Monotonic() + kDuePoll;
  return absl::OkStatus();
}

// The looks that it took.
std::vector<std::string> Follower::NoteAgain(ZoneChange& change) {
  std::vector<std::string> looks;
  while (!looks_.empty() && std::ssize(looks) < options_.settings.batch) {
    change.Look(looks_.back());
    looks.push_back(std::move(looks_.back()));
    looks_.pop_back();
  }
  for (const std::string& owner : sender_.refused().TakeDue(options_.settings.batch)) {
    change.Look(owner);
  }
  return looks;
}

// Another policy may change what stands at every name.
absl::Status Follower::PolicyChanged() {
  if (absl::Status status = AwaitSent(0); !status.ok()) return status;
  const ZoneRecords before = *zone_;
  if (absl::Status status = LoadPolicy(); !status.ok()) return status;
  if (before == *zone_) return absl::OkStatus();
  for (const ZoneRecords* records : {&before, static_cast<const ZoneRecords*>(&*zone_)}) {
    for (const auto& [owner, fixed] : records->fixed()) {
      if (owner != options_.tld) looks_.push_back(owner);
    }
  }
  comparisons_.Want("policy");
  return SetApex();
}

std::string Follower::KeptUnder() const {
  return std::string(directory_->bundles().PrimaryTld(options_.tld));
}

absl::Status Follower::Apply(ZoneChange& change) {
  const absl::Duration began = Monotonic();
  if (absl::Status status = ReadRows(*database_, KeptUnder(), change); !status.ok()) return status;
  std::vector<OwnerUpdate> updates = change.Updates();
  const int64_t names = std::ssize(updates);
  const absl::Duration read = Monotonic();
  if (absl::Status status = sender_.Send(std::move(updates)); !status.ok()) return status;
  Log(LogLevel::kDebug, "follow.batch",
      {{"tld", options_.tld},
       {"primary", options_.server.name},
       {"names", names},
       {"read_us", absl::ToInt64Microseconds(read - began)},
       {"send_us", absl::ToInt64Microseconds(Monotonic() - read)}});
  for (registry::HostKey host : change.renamed()) {
    if (absl::Status status = ApplyServed(host); !status.ok()) return status;
  }
  return absl::OkStatus();
}

// All that a renamed host serves names it in its NS records.
absl::Status Follower::ApplyServed(registry::HostKey host) {
  const int limit = static_cast<int>(options_.settings.batch);
  registry::DomainKey after{};
  while (!stop_.stop_requested()) {
    const auto served = registry::store::ReadServed(*database_, host, after, KeptUnder(), limit);
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

absl::Status Follower::TakeAnswers() {
  if (absl::Status status = sender_.TakeAnswers(); !status.ok()) return status;
  NoteDone();
  return absl::OkStatus();
}

absl::Status Follower::AwaitSent(size_t on_their_way) {
  if (absl::Status status = sender_.AwaitAnswers(on_their_way); !status.ok()) return status;
  NoteDone();
  return absl::OkStatus();
}

void Follower::NoteDone() {
  if (sender_.TakeWentBack()) comparisons_.Want("serial");
  while (!sent_.empty() && sent_.front().done <= sender_.done()) {
    const Sent& sent = sent_.front();
    if (sent.whole) current_as_of_ = sent.read;
    changed_ |= sent.some;
    done_ = sent.end;
    sent_.pop_front();
    failures_ = 0;
    quiet_until_ = absl::ZeroDuration();
  }
}

// Not with every batch: each time is a commit.
absl::Status Follower::Consume(bool at_once) {
  if (!done_) return absl::OkStatus();
  std::string note = NoteOf(sender_.version());
  const absl::Duration now = Monotonic();
  const bool news = changed_ || note != kept_note_;
  const bool urgent = at_once || OwesComparison(note) != OwesComparison(kept_note_);
  if (!(news && urgent) && now < (news ? next_consume_ : next_sign_of_life_)) {
    return absl::OkStatus();
  }
  next_consume_ = now + kConsume;
  next_sign_of_life_ = now + kSignOfLife;
  changed_ = false;
  kept_note_ = std::move(note);
  return feed_.Consume(*std::exchange(done_, std::nullopt), kept_note_);
}

// Between two batches: all that the feed tells up to this one is in the zone.
absl::Status Follower::Compare(const Batch& batch) {
  const bool start = looks_.empty() && comparisons_.StartIsDue();
  if (!start && !comparisons_.TakeIsDue(batch.end.transaction)) return absl::OkStatus();
  if (absl::Status status = AwaitSent(0); !status.ok()) return status;
  if (start) {
    comparisons_.Start(*zone_, clock_.Now());
    return absl::OkStatus();
  }
  const RefusedNames& refused = sender_.refused();
  for (const std::string& owner :
       comparisons_.Take([&](const std::string& differs) { return refused.contains(differs); })) {
    if (owner == options_.tld) {
      apex_wrong_ = true;
    } else {
      looks_.push_back(owner);
    }
  }
  return absl::OkStatus();
}

absl::Status Follower::Wait() {
  return feed_.Wait(Monotonic() < active_until_ ? kBusyPoll : kIdlePoll);
}

}  // namespace zonegen
