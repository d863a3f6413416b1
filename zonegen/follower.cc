#include "zonegen/follower.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
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

constexpr absl::Duration kQuiet = absl::Minutes(1);
constexpr absl::Duration kStandBy = absl::Milliseconds(500);
constexpr absl::Duration kRest = absl::Milliseconds(50);  // after a failure; doubled by the next
constexpr absl::Duration kLongestRest = absl::Seconds(1);
constexpr int kTriesOfOne = 10;
constexpr size_t kLongestNote = 1000;

// Behind the version, in the note that the database keeps with the position.
constexpr std::string_view kOwesComparison = " compare";

bool OwesComparison(std::string_view note) { return note.find(kOwesComparison) != note.npos; }

void Sleep(const std::stop_token& stop, absl::Duration duration) {
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  wake.wait_for(lock, stop, absl::ToChronoMilliseconds(duration), [] { return false; });
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
      election_(options_.database, options_.feed_reader),
      progress_(options_.database, options_.feed_reader) {}

void Follower::Run(const std::stop_token& stop) {
  stop_ = stop;
  while (!stop.stop_requested()) {
    const absl::Status status = Round();
    if (leads_) metrics_.Lag(Monotonic() - progress_.current_as_of());
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
  const auto won = election_.Win();
  if (!won.ok()) return won.status();
  if (!*won) {
    Sleep(stop_, kStandBy);
    return absl::OkStatus();
  }
  return Elect();
}

absl::Status Follower::Elect() {
  if (absl::Status status = LoadPolicy(); !status.ok()) return status;
  if (absl::Status status = Attach(); !status.ok()) return status;
  if (absl::Status status = SetApex(); !status.ok()) return status;
  due_.Restart();
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

absl::Status Follower::Attach() {
  const auto start = progress_.Attach();
  if (!start.ok()) return start.status();
  if (*start == FeedProgress::Start::kFresh) comparisons_.Want("feed");
  return absl::OkStatus();
}

absl::Status Follower::LoadPolicy() {
  auto directory = registry::store::LoadDirectory(election_.connection());
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
  const auto note = progress_.ReadNote();
  if (!note.ok()) return note.status();
  const auto served = sender_.ReadApex();
  if (!served.ok()) return served.status();
  const auto before = VersionAmong(served->records);
  if (!IsInStep(before, *note)) comparisons_.Want("version");
  if (OwesComparison(*note)) comparisons_.Want("unfinished");
  if (sender_.TakeWentBack()) comparisons_.Want("serial");

  // Whoever comes next finds one of these: also an update whose answer nobody has waited for may
  // still come into the zone.
  const ZoneVersion version = ZoneVersion::OfNewEpoch();
  const std::string others = note->size() < kLongestNote ? *note : before ? before->ToString() : "";
  absl::Status status = progress_.KeepNote(Concat(others, " ", NoteOf(version)));
  if (status.ok()) status = sender_.SetApex(*zone_, *served, version);
  if (!status.ok()) return status;
  apex_wrong_ = false;
  return progress_.KeepNote(NoteOf(version));
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
  for (std::string& owner : progress_.GiveUp()) looks_.push_back(std::move(owner));
  election_.Check();
}

// They may reach a primary that this host does not.
void Follower::LetOthersTry() {
  election_.Resign();
  Sleep(stop_, 3 * kStandBy);
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
  const auto batch = progress_.Read(Limit());
  if (absl::IsOutOfRange(batch.status())) {
    Log(LogLevel::kWarning, "follow.feed_forgotten",
        {{"tld", options_.tld}, {"primary", options_.server.name}});
    absl::Status status = AwaitSent(0);
    return status.ok() ? Attach() : status;
  }
  if (!batch.ok()) return batch.status();
  const bool whole = std::ssize(batch->entries) < Limit();
  const auto sent = SendChanges(*batch, began, whole);
  if (!sent.ok()) return sent.status();

  // While one message is with the primary, what the next will say is read; what is more than that
  // waits, so that a busy primary gets fewer and longer messages.
  absl::Status status = whole ? AwaitSent(*sent ? 1 : 0) : TakeAnswers();
  if (status.ok() && whole) status = Compare(*batch);
  if (status.ok()) status = Consume(false);
  if (!status.ok()) return status;
  return whole && !*sent && looks_.empty() ? progress_.Wait() : absl::OkStatus();
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
  const auto due = due_.Read(election_.connection(), KeptUnder(), clock_.Now(), Limit());
  if (!due.ok()) return due.status();
  if (due_.TakeWentBack()) comparisons_.Want("clock");
  for (const std::string& name : *due) change.NoteDomain(name);
  progress_.Begin(batch, began, whole, NoteAgain(change));
  const bool some = !change.empty();
  if (some) {
    if (absl::Status status = Apply(change); !status.ok()) return status;
    metrics_.Changes(std::ssize(batch.entries));
  }
  progress_.Sent(sender_.given(), some);
  return some;
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
  if (absl::Status status = ReadRows(election_.connection(), KeptUnder(), change); !status.ok())
    return status;
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
  registry::DomainKey after{};
  while (!stop_.stop_requested()) {
    const auto served =
        registry::store::ReadServed(election_.connection(), host, after, KeptUnder(), Limit());
    if (!served.ok()) return served.status();
    if (served->empty()) return absl::OkStatus();
    ZoneChange change(*zone_, *directory_, clock_.Now());
    for (const registry::store::NamedDomain& domain : *served) change.NoteDomain(domain.name);
    if (absl::Status status = Apply(change); !status.ok()) return status;
    if (std::ssize(*served) < Limit()) return absl::OkStatus();
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
  if (!progress_.NoteDone(sender_.done())) return;
  failures_ = 0;
  quiet_until_ = absl::ZeroDuration();
}

absl::Status Follower::Consume(bool at_once) {
  std::string note = NoteOf(sender_.version());
  const bool urgent = OwesComparison(note) != OwesComparison(progress_.kept_note());
  return progress_.Consume(std::move(note), at_once || urgent);
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

}  // namespace zonegen
