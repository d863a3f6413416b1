#include <random>

#include "bench/dns/zone_changes.h"
#include "bench/dns/zone_watch.h"
#include "bench/load/workloads.h"
#include "registry/base/text.h"

namespace bench {
namespace {

using Change = ZoneChanges::Change;

// Changes what is delegated, and has name servers watched for it.
class Delegations : public Workload {
 public:
  Delegations(const Frames& frames, ZoneChanges changes, std::unique_ptr<ZoneWatch> watch,
              double share)
      : frames_(frames), changes_(std::move(changes)), watch_(std::move(watch)), share_(share) {}

  std::optional<Request> Next(int, std::string& out) override {
    if (watch_ != nullptr) {
      for (uint32_t number : watch_->TakeDone()) changes_.Done(number);
    }
    Change change = changes_.Next();
    Put(change, out);
    const Request request{change.kind == ZoneChanges::Kind::kCreate ? Kind::kCreate : Kind::kUpdate,
                          change.number};
    sent_.insert_or_assign(change.number, std::move(change));
    return request;
  }

  void OnAnswer(int, const Request& request, const Answer& answer) override {
    const Instant now = Clock::now();
    const auto sent = sent_.extract(request.name);
    if (answer.code >= 2000) return changes_.Lost(request.name);
    if (watch_ == nullptr || !Watched()) return changes_.Done(request.name);
    const Change& change = sent.mapped();
    watch_->Expect(WantedBy(change), static_cast<int>(change.kind), change.number, now);
  }

  void OnLost(int, const Request& request) override {
    sent_.erase(request.name);
    changes_.Lost(request.name);
  }

  void Measures(Instant from, Instant until) override {
    if (watch_ != nullptr) watch_->Count(from, until);
  }

  std::string Finish() override {
    if (watch_ == nullptr) return "";
    return registry::Concat(", \"watched\": ", WatchedJson(watch_->Finish()));
  }

 private:
  bool Watched() { return std::uniform_real_distribution()(random_) < share_; }

  void Put(const Change& change, std::string& out) const {
    switch (change.kind) {
      case ZoneChanges::Kind::kCreate:
        return frames_.Delegate(change.name, change.servers[0], change.servers[1], out);
      case ZoneChanges::Kind::kServers:
        return frames_.Redelegate(change.name, change.added, change.removed, out);
      case ZoneChanges::Kind::kDs:
        return change.ds == 0 ? frames_.Unsecure(change.name, out)
                              : frames_.Secure(change.name, std::to_string(change.ds),
                                               DigestOf(change.ds), out);
      case ZoneChanges::Kind::kDelete:
        return frames_.Delete(change.name, out);
    }
  }

  const Frames& frames_;
  ZoneChanges changes_;
  const std::unique_ptr<ZoneWatch> watch_;
  const double share_;
  std::minstd_rand random_{11};
  std::unordered_map<uint32_t, Change> sent_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Workload>> MakeDelegations(const Options& options,
                                                          const Frames& frames, NameSeries fresh) {
  if (options.name_servers.size() < 3) {
    return absl::InvalidArgumentError("delegations need three --name-servers or more");
  }
  std::unique_ptr<ZoneWatch> watch;
  if (!options.watch.empty()) {
    auto started = ZoneWatch::Start(options.watch);
    if (!started.ok()) return started.status();
    watch = *std::move(started);
  }
  ZoneChanges changes(std::move(fresh), options.name_servers, static_cast<uint32_t>(options.names));
  return std::make_unique<Delegations>(frames, std::move(changes), std::move(watch),
                                       options.watch_share);
}

}  // namespace bench
