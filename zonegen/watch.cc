#include "zonegen/watch.h"

#include <sys/stat.h>

#include <utility>

#include "registry/base/log.h"
#include "registry/net/monotonic.h"
#include "registry/store/operator_reader.h"
#include "zonegen/reload_command.h"

namespace zonegen {
namespace {

using registry::Log;
using registry::LogLevel;
using registry::net::Monotonic;
using registry::store::FeedEntry;
using registry::store::FeedKind;
using registry::store::FeedReader;

constexpr int kFeedBatch = 10'000;
constexpr absl::Duration kQuiet = absl::Minutes(1);
constexpr absl::Duration kSignOfLife = absl::Seconds(20);

}  // namespace

Watch::Watch(Config config, const registry::Clock& clock, WatchMetrics& metrics)
    : config_(std::move(config)),
      clock_(clock),
      metrics_(metrics),
      feed_(config_.database, config_.feed_reader) {
  ::mkdir(config_.directory.c_str(), 0755);  // what is wrong with it shows when a file is written
}

void Watch::Round(const std::stop_token& stop) {
  FollowFeed();
  NoteTime();
  for (auto& [tld, zone] : zones_) {
    if (stop.stop_requested()) return;
    if (zone.dirty && Monotonic() >= zone.not_before) Make(tld, zone, stop);
    if (zone.reload && !zone.dirty && !stop.stop_requested()) Reload(tld, zone);
  }
}

void Watch::Refresh() {
  for (auto& [tld, zone] : zones_) {
    zone.dirty = zone.reload = true;
    zone.not_before = absl::ZeroDuration();
  }
}

void Watch::FollowFeed() {
  const absl::Status status = ReadFeed();
  if (status.ok()) {
    feed_quiet_until_ = absl::ZeroDuration();
    return;
  }
  if (Monotonic() < feed_quiet_until_) return;
  feed_quiet_until_ = Monotonic() + kQuiet;
  Log(LogLevel::kError, "zonegen.feed_failed", {{"error", status.ToString()}});
}

// Positions are remembered before the zones are made: whatever is lost by that with this process is
// made up for by the next, which begins with all zones.
absl::Status Watch::ReadFeed() {
  if (!attached_) {
    const auto start = feed_.Attach();
    if (!start.ok()) return start.status();
    attached_ = true;
    MarkAll();
  }
  const absl::Status status = DrainFeed();
  if (absl::IsOutOfRange(status)) {
    attached_ = false;
    Log(LogLevel::kWarning, "zonegen.feed_forgotten");
    return ReadFeed();
  }
  if (!status.ok()) return status;
  return zones_known_ ? absl::OkStatus() : LoadZones();
}

absl::Status Watch::DrainFeed() {
  while (true) {
    const auto batch = feed_.Read(kFeedBatch);
    if (!batch.ok()) return batch.status();
    for (const FeedEntry& entry : batch->entries) Note(entry);
    // Now and then also when there is nothing, as a sign of life: a reader that consumes nothing
    // for long is forgotten.
    if (batch->entries.empty() && Monotonic() < next_sign_of_life_) return absl::OkStatus();
    next_sign_of_life_ = Monotonic() + kSignOfLife;
    if (absl::Status status = feed_.Consume(batch->end); !status.ok()) return status;
    if (std::ssize(batch->entries) < kFeedBatch) return absl::OkStatus();
  }
}

void Watch::Note(const FeedEntry& entry) {
  if (entry.kind == FeedKind::kTld) {
    zones_known_ = false;
    if (auto zone = zones_.find(entry.name); zone != zones_.end()) zone->second.dirty = true;
  } else if (entry.kind == FeedKind::kDomain) {
    for (auto& [tld, zone] : zones_) {
      if (tld == entry.tld || zone.domains_of == entry.tld) zone.dirty = true;
    }
  } else if (entry.kind == FeedKind::kHost) {
    // A host that a zone does not use yet comes into it by a change of a domain.
    for (auto& [tld, zone] : zones_) {
      if (zone.hosts.contains(registry::HostKey{entry.object})) zone.dirty = true;
    }
  }
}

void Watch::NoteTime() {
  const absl::Time now = clock_.Now();
  if (now < last_seen_) MarkAll();  // a sandbox's clock was set back
  last_seen_ = now;
  for (auto& [tld, zone] : zones_) {
    if (zone.next_event <= now) zone.dirty = true;
  }
}

absl::Status Watch::LoadZones() {
  if (!config_.tlds.empty()) {
    for (const std::string& tld : config_.tlds) zones_.try_emplace(tld);
  } else {
    const auto directory = registry::store::ReadDirectory(config_.database);
    if (!directory.ok()) return directory.status();
    for (const registry::TldPolicy* policy : (*directory)->tlds()) {
      zones_.try_emplace(policy->tld);
    }
  }
  zones_known_ = true;
  return absl::OkStatus();
}

void Watch::MarkAll() {
  for (auto& [tld, zone] : zones_) zone.dirty = true;
}

void Watch::Make(const std::string& tld, Zone& zone, const std::stop_token& stop) {
  ZoneOrder order;
  order.database = config_.database;
  order.tld = tld;
  order.file = ZoneFilePath(config_, tld);
  order.limits = config_.limits;
  order.keep = config_.keep_zones;
  order.connections = config_.connections;
  auto made = GenerateZone(order, clock_.Now(), stop);
  if (absl::IsCancelled(made.status())) return;
  if (!made.ok()) return ReportFailure(tld, zone, made.status());
  metrics_.Generated(tld, *made);
  Log(made->written ? LogLevel::kInfo : LogLevel::kDebug,
      made->written ? "zone.written" : "zone.unchanged",
      {{"tld", tld},
       {"serial", made->serial},
       {"names", made->counts.delegations()},
       {"bytes", made->bytes},
       {"ms", absl::ToInt64Milliseconds(made->took)}});
  zone.reload = zone.reload || made->written;
  zone.dirty = false;
  zone.hosts = std::move(made->hosts);
  zone.next_event = made->next_event;
  zone.domains_of = std::move(made->domains_of);
  zone.not_before = zone.quiet_until = absl::ZeroDuration();
}

void Watch::ReportFailure(const std::string& tld, Zone& zone, const absl::Status& status) {
  metrics_.Failed(tld);
  const bool refused = absl::IsFailedPrecondition(status);
  if (refused) zone.not_before = Monotonic() + kQuiet;
  if (Monotonic() < zone.quiet_until) return;
  zone.quiet_until = Monotonic() + kQuiet;
  Log(LogLevel::kError, refused ? "zone.refused" : "zone.failed",
      {{"tld", tld}, {"error", status.ToString()}});
}

void Watch::Reload(const std::string& tld, Zone& zone) {
  if (config_.reload_command.empty()) {
    zone.reload = false;
    return;
  }
  const auto words = FillIn(config_.reload_command, tld, ZoneFilePath(config_, tld));
  const absl::Status status = RunCommand(words, config_.reload_timeout);
  metrics_.Reloaded(tld, status.ok());
  if (status.ok()) {
    zone.reload = false;
    zone.quiet_until = absl::ZeroDuration();
    Log(LogLevel::kInfo, "zone.reloaded", {{"tld", tld}});
  } else if (Monotonic() >= zone.quiet_until) {
    zone.quiet_until = Monotonic() + kQuiet;
    Log(LogLevel::kWarning, "zone.reload_failed", {{"tld", tld}, {"error", status.ToString()}});
  }
}

}  // namespace zonegen
