#include "bench/dns/update_load.h"

#include <deque>
#include <map>
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
#include "zonegen/dns_connection.h"
#include "zonegen/dns_message.h"

namespace bench {
namespace {

using zonegen::DnsMessage;
using zonegen::DnsRecord;

constexpr uint32_t kTtl = 3600;
constexpr int kCleanUpNames = 100;
constexpr absl::Duration kTimeout = absl::Seconds(60);

absl::Status Put(const Delegation& wanted, DnsMessage& message) {
  for (uint16_t type : {zonegen::kTypeNs, zonegen::kTypeDs}) {
    if (absl::Status status = message.DeleteRrset(wanted.name, type); !status.ok()) return status;
  }
  for (const std::string& server : wanted.servers) {
    const absl::Status status = message.Add(wanted.name, {zonegen::kTypeNs, kTtl, server});
    if (!status.ok()) return status;
  }
  if (wanted.ds.empty()) return absl::OkStatus();
  return message.Add(wanted.name, {zonegen::kTypeDs, kTtl, wanted.ds});
}

class UpdateLoad {
 public:
  UpdateLoad(const UpdateOptions& options, zonegen::TsigKey key,
             std::unique_ptr<zonegen::DnsConnection> connection, std::unique_ptr<ZoneWatch> watch)
      : options_(options),
        key_(std::move(key)),
        connection_(std::move(connection)),
        watch_(std::move(watch)),
        changes_(NameSeries::Fresh(options.prefix, NewRun(), options.tld), options.hosts,
                 static_cast<uint32_t>(options.names)) {}

  absl::StatusOr<std::string> Run() {
    const Instant start = Clock::now();
    const Instant from = start + std::chrono::seconds(options_.warm_up_seconds);
    const Instant until = from + std::chrono::seconds(options_.seconds);
    if (watch_ != nullptr) watch_->Count(from, until);
    Schedule schedule =
        options_.rate > 0 ? Schedule::Open(options_.rate, start) : Schedule::Closed();
    while (Clock::now() < until) {
      while (std::ssize(sent_) < options_.outstanding && schedule.IsDue(Clock::now())) {
        schedule.Take(Clock::now());
        if (absl::Status status = SendOne(); !status.ok()) return status;
      }
      if (sent_.empty()) {
        std::this_thread::sleep_until(std::min(schedule.NextDue(), until));
      } else if (absl::Status status = TakeAnswer(from, until); !status.ok()) {
        return status;
      }
    }
    while (!sent_.empty()) {
      if (absl::Status status = TakeAnswer(from, until); !status.ok()) return status;
    }
    std::string report = Report();
    if (absl::Status status = CleanUp(until); !status.ok()) return status;
    return report;
  }

 private:
  struct Sent {
    DnsMessage::Signed message;
    Instant at;
    std::vector<uint32_t> unwatched;
    int names = 0;
  };

  void TakeDone() {
    if (watch_ == nullptr) return;
    for (uint32_t number : watch_->TakeDone()) changes_.Done(number);
  }

  // After the watch has ended, so that no name is open; answers after `until` do not count.
  absl::Status CleanUp(Instant until) {
    TakeDone();
    while (true) {
      std::vector<ZoneChanges::Change> changes;
      while (std::ssize(changes) < kCleanUpNames) {
        const auto change = changes_.Remove();
        if (!change.has_value()) break;
        changes.push_back(*change);
      }
      if (changes.empty()) return absl::OkStatus();
      if (absl::Status status = Send(changes, 0); !status.ok()) return status;
      if (absl::Status status = TakeAnswer(until, until); !status.ok()) return status;
    }
  }

  absl::Status SendOne() {
    TakeDone();
    std::vector<ZoneChanges::Change> changes;
    for (int i = 0; i < options_.names_per_update; ++i) changes.push_back(changes_.Next());
    return Send(changes, watch_ == nullptr ? 0 : options_.watch_share);
  }

  absl::Status Send(const std::vector<ZoneChanges::Change>& changes, double watch_share) {
    DnsMessage message = DnsMessage::Update(zonegen::WireName(options_.tld));
    for (const ZoneChanges::Change& change : changes) {
      if (absl::Status status = Put(WantedBy(change), message); !status.ok()) return status;
    }
    auto signed_message = message.Sign(key_);
    if (!signed_message.ok()) return signed_message.status();
    Sent sent{*std::move(signed_message), Clock::now(), {}, static_cast<int>(changes.size())};
    absl::Status status = connection_->Send(sent.message.wire);
    for (const ZoneChanges::Change& change : changes) {
      if (std::uniform_real_distribution()(random_) < watch_share) {
        watch_->Expect(WantedBy(change), static_cast<int>(change.kind), change.number, sent.at);
      } else {
        sent.unwatched.push_back(change.number);
      }
    }
    const uint16_t id = sent.message.id;
    sent_.emplace(id, std::move(sent));
    return status;
  }

  absl::Status TakeAnswer(Instant from, Instant until) {
    auto wire = connection_->Receive();
    if (!wire.ok()) return wire.status();
    const Instant now = Clock::now();
    const auto id = zonegen::IdOf(*wire);
    const auto found = id.ok() ? sent_.find(*id) : sent_.end();
    if (found == sent_.end()) return absl::DataLossError("an answer to no update of ours");
    const Sent sent = std::move(found->second);
    sent_.erase(found);
    const auto reply = zonegen::DnsReply::Parse(*std::move(wire), sent.message, key_);
    if (!reply.ok()) return reply.status();
    if (reply->rcode != zonegen::kNoError) {
      return absl::FailedPreconditionError(
          registry::Concat("the server answers ", zonegen::RcodeName(reply->rcode)));
    }
    for (uint32_t number : sent.unwatched) changes_.Done(number);
    if (now < from || now >= until) return absl::OkStatus();
    names_ += sent.names;
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(now - sent.at);
    answers_.Add(static_cast<uint64_t>(took.count()));
    return absl::OkStatus();
  }

  std::string Report() {
    const auto ms = [&](double share) {
      return static_cast<double>(answers_.Percentile(share)) / 1000;
    };
    std::string watched =
        watch_ == nullptr ? "" : registry::Concat(", \"watched\": ", WatchedJson(watch_->Finish()));
    return absl::StrFormat(
        "{\"answers\": %d, \"updates\": %d, \"per_second\": %.1f, \"p50_ms\": %.3f, "
        "\"p99_ms\": %.3f, \"max_ms\": %.3f%s}",
        names_, answers_.count(), static_cast<double>(names_) / options_.seconds, ms(0.5), ms(0.99),
        static_cast<double>(answers_.max()) / 1000, watched);
  }

  const UpdateOptions& options_;
  const zonegen::TsigKey key_;
  const std::unique_ptr<zonegen::DnsConnection> connection_;
  const std::unique_ptr<ZoneWatch> watch_;
  ZoneChanges changes_;
  std::minstd_rand random_{11};
  std::map<uint16_t, Sent> sent_;
  Histogram answers_;  // microseconds
  int64_t names_ = 0;
};

}  // namespace

absl::StatusOr<std::string> LoadUpdates(const UpdateOptions& options) {
  if (options.hosts.size() < 3) return absl::InvalidArgumentError("name three hosts or more");
  auto key = zonegen::TsigKey::ReadFile(options.key);
  if (!key.ok()) return key.status();
  const auto endpoint = registry::net::ParseEndpoint(options.server);
  if (!endpoint.ok()) return endpoint.status();
  auto connection = zonegen::DnsConnection::Open(*endpoint, kTimeout);
  if (!connection.ok()) return connection.status();
  std::unique_ptr<ZoneWatch> watch;
  if (!options.watch.empty()) {
    auto started = ZoneWatch::Start(options.watch);
    if (!started.ok()) return started.status();
    watch = *std::move(started);
  }
  return UpdateLoad(options, *std::move(key), *std::move(connection), std::move(watch)).Run();
}

}  // namespace bench
