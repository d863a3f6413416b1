#include "bench/dns/feed_load.h"

#include <chrono>
#include <memory>
#include <random>
#include <thread>
#include <utility>

#include "absl/strings/str_format.h"
#include "bench/dns/zone_changes.h"
#include "bench/dns/zone_watch.h"
#include "bench/load/histogram.h"
#include "bench/load/schedule.h"
#include "registry/base/text.h"
#include "registry/store/connection.h"

namespace bench {
namespace {

using registry::Concat;
using registry::store::Connection;
using registry::store::Int8s;
using registry::store::Parameters;
using registry::store::Statement;
using registry::store::Texts;

// $1 keys, $2 names, $3 and $4 first and second host, $5 DS or nothing, $6 kinds: i, u or d; $7
// TLD.
const Statement kWrite{
    "bench_feed",
    "WITH change AS (SELECT c.*, h.id AS first_id, g.id AS second_id FROM unnest($1::int8[], "
    "$2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY c(id, name, "
    "first, second, ds, kind, ordinal) LEFT JOIN hosts h ON h.name = c.first LEFT JOIN hosts g ON "
    "g.name = c.second), made AS (INSERT INTO domains (id, name, sponsor, creator, updater, "
    "created, expires, statuses, contacts, contact_roles, name_servers, ds, phase, grace, version) "
    "SELECT id, name, 1, 1, 0, now(), now() + interval '1 year', 0, '{}', '', ARRAY[first_id, "
    "second_id], '{}', 0, '', 1 FROM change WHERE kind = 'i' ORDER BY name), changed AS (UPDATE "
    "domains d SET name_servers = ARRAY[c.first_id, c.second_id], ds = array_remove(ARRAY[c.ds], "
    "''), version = version + 1 FROM change c WHERE c.kind = 'u' AND d.name = c.name), gone AS "
    "(DELETE FROM domains d USING change c WHERE c.kind = 'd' AND d.name = c.name), told AS "
    "(INSERT "
    "INTO feed (ordinal, kind, object, name, tld) SELECT ordinal, 'D', id, name, $7::text FROM "
    "change RETURNING 1) SELECT count(*), pg_notify('postel_feed', '')::text FROM told"};

// Above all that the registry has given to its objects.
int64_t FirstKey() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return 1000 * std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

class FeedLoad {
 public:
  FeedLoad(const FeedOptions& options, std::unique_ptr<Connection> connection,
           std::unique_ptr<ZoneWatch> watch)
      : options_(options),
        connection_(std::move(connection)),
        watch_(std::move(watch)),
        changes_(NameSeries::Fresh(options.prefix, NewRun(), options.tld), options.hosts,
                 static_cast<uint32_t>(options.names)) {}

  absl::StatusOr<std::string> Run() {
    const Instant start = Clock::now();
    from_ = start + std::chrono::seconds(options_.warm_up_seconds);
    until_ = from_ + std::chrono::seconds(options_.seconds);
    if (watch_ != nullptr) watch_->Count(from_, until_);
    Schedule schedule = Schedule::Open(options_.rate, start);
    while (Clock::now() < until_) {
      std::vector<ZoneChanges::Change> group;
      while (std::ssize(group) < options_.group && schedule.IsDue(Clock::now())) {
        schedule.Take(Clock::now());
        group.push_back(changes_.Next());
      }
      if (group.empty()) {
        // The registry's groups are as long as a commit takes: a few milliseconds.
        std::this_thread::sleep_until(
            std::max(schedule.NextDue(), Clock::now() + std::chrono::milliseconds(2)));
      } else if (absl::Status status = Write(group); !status.ok()) {
        return status;
      }
    }
    return Report();
  }

 private:
  absl::Status Write(const std::vector<ZoneChanges::Change>& group) {
    Int8s keys;
    Texts names, first, second, ds, kinds;
    for (const ZoneChanges::Change& change : group) {
      const bool gone = change.servers.empty();
      keys.Add(first_key_ + change.number);
      names.Add(change.name);
      first.Add(gone ? "" : std::string_view(change.servers[0]));
      second.Add(gone ? "" : std::string_view(change.servers[1]));
      ds.Add(change.ds == 0 ? "" : Concat(change.ds, " 13 2 ", DigestOf(change.ds)));
      kinds.Add(change.kind == ZoneChanges::Kind::kCreate ? "i" : gone ? "d" : "u");
    }
    const Instant began = Clock::now();
    const auto written = connection_->Run(
        kWrite, Parameters().Add(keys).Add(names).Add(first).Add(second).Add(ds).Add(kinds).Add(
                    std::string_view(options_.tld)));
    if (!written.ok()) return written.status();
    NoteWritten(group, began, Clock::now());
    return absl::OkStatus();
  }

  void NoteWritten(const std::vector<ZoneChanges::Change>& group, Instant began, Instant now) {
    if (from_ <= now && now < until_) {
      written_ += std::ssize(group);
      const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - began);
      commits_.Add(static_cast<uint64_t>(took.count()));
    }
    for (const ZoneChanges::Change& change : group) {
      if (watch_ != nullptr && std::uniform_real_distribution()(random_) < options_.watch_share) {
        watch_->Expect(WantedBy(change), static_cast<int>(change.kind), change.number, now);
      } else {
        changes_.Done(change.number);
      }
    }
    if (watch_ == nullptr) return;
    for (uint32_t number : watch_->TakeDone()) changes_.Done(number);
  }

  std::string Report() {
    const auto ms = [&](double share) {
      return static_cast<double>(commits_.Percentile(share)) / 1000;
    };
    std::string watched =
        watch_ == nullptr ? "" : Concat(", \"watched\": ", WatchedJson(watch_->Finish()));
    return absl::StrFormat(
        "{\"answers\": %d, \"per_second\": %.1f, \"rate\": %g, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
        "\"max_ms\": %.3f%s}",
        written_, static_cast<double>(written_) / options_.seconds, options_.rate, ms(0.5),
        ms(0.99), static_cast<double>(commits_.max()) / 1000, watched);
  }

  const FeedOptions& options_;
  const std::unique_ptr<Connection> connection_;
  const std::unique_ptr<ZoneWatch> watch_;
  ZoneChanges changes_;
  const int64_t first_key_ = FirstKey();
  std::minstd_rand random_{11};
  Instant from_, until_;
  Histogram commits_;  // microseconds
  int64_t written_ = 0;
};

}  // namespace

absl::StatusOr<std::string> LoadFeed(const FeedOptions& options) {
  if (options.hosts.size() < 3) return absl::InvalidArgumentError("name three hosts or more");
  registry::store::ConnectionOptions how;
  how.application = "dns-load";
  auto connection = Connection::Open(options.database, how);
  if (!connection.ok()) return connection.status();
  std::unique_ptr<ZoneWatch> watch;
  if (!options.watch.empty()) {
    auto started = ZoneWatch::Start(options.watch);
    if (!started.ok()) return started.status();
    watch = *std::move(started);
  }
  return FeedLoad(options, *std::move(connection), std::move(watch)).Run();
}

}  // namespace bench
