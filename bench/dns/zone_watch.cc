#include "bench/dns/zone_watch.h"

#include <poll.h>

#include <algorithm>
#include <queue>
#include <unordered_map>
#include <utility>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "bench/dns/udp_line.h"
#include "bench/dns/zone_changes.h"
#include "registry/base/mutex.h"
#include "registry/base/text.h"

namespace bench {
namespace {

constexpr auto kStep = std::chrono::milliseconds(1);
constexpr int kFraction = 50;  // of a change's age, until it is asked for again
constexpr auto kLost = std::chrono::milliseconds(200);  // an answer that has not come
constexpr auto kPatience = std::chrono::seconds(30);
constexpr Instant kNever = Instant::max();

}  // namespace

class ZoneWatch::Loop {
 public:
  struct Change {
    Delegation wanted;
    int kind;
    uint32_t number;
    Instant since;
  };

  explicit Loop(std::vector<std::pair<std::string, UdpLine>> servers) {
    for (auto& [name, line] : servers) {
      servers_.push_back(Server{std::move(line), {}, 0});
      results_.push_back({name, {}, 0});
    }
  }

  void Count(Instant from, Instant until) {
    registry::MutexLock lock(mutex_);
    from_ = from;
    until_ = until;
  }
  void Expect(Change change) {
    registry::MutexLock lock(mutex_);
    inbox_.push_back(std::move(change));
  }
  std::vector<uint32_t> TakeDone() {
    registry::MutexLock lock(mutex_);
    return std::exchange(done_, {});
  }
  void EndWhenDone() {
    registry::MutexLock lock(mutex_);
    ending_ = true;
  }
  std::vector<Result> TakeResults() { return std::move(results_); }

  void Run() {
    while (TakeInbox() || !open_.empty()) {
      AskDue(Clock::now());
      Wait();
      for (size_t i = 0; i < servers_.size(); ++i) {
        while (const auto answer = servers_[i].line.Receive()) OnAnswer(i, *answer);
      }
    }
  }

 private:
  struct Open {
    Change change;
    bool counts = false;
    size_t servers_left = 0;
    std::vector<Instant> next;  // by server: when it is asked again; kNever once it has shown it
  };
  struct Server {
    UdpLine line;
    std::unordered_map<uint16_t, uint64_t> asked;  // changes by the number of the question
    uint16_t last_id;
  };
  struct Due {
    Instant at;
    uint64_t change;
    size_t server;
    bool operator<(const Due& other) const { return at > other.at; }  // the first is on top
  };

  // False: there will be no more.
  bool TakeInbox() {
    std::vector<Change> changes;
    Instant from, until;
    bool ending = false;
    {
      registry::MutexLock lock(mutex_);
      changes = std::exchange(inbox_, {});
      from = from_;
      until = until_;
      ending = ending_;
    }
    for (Change& change : changes) {
      const bool counts = from <= change.since && change.since < until;
      const uint64_t key = ++last_key_;
      open_[key] = {std::move(change), counts, servers_.size(),
                    std::vector<Instant>(servers_.size())};
      for (size_t i = 0; i < servers_.size(); ++i) AskAt(Clock::now(), key, i);
    }
    return !ending || !changes.empty();
  }

  void AskAt(Instant at, uint64_t key, size_t server) {
    open_.at(key).next[server] = at;
    due_.push({at, key, server});
  }

  void AskDue(Instant now) {
    while (!due_.empty() && due_.top().at <= now) {
      const Due due = due_.top();
      due_.pop();
      const auto open = open_.find(due.change);
      if (open == open_.end() || open->second.next[due.server] != due.at) continue;
      if (now - open->second.change.since > kPatience) {
        ++results_[due.server].given_up;
        Shown(open, due.server, now);
        continue;
      }
      Server& server = servers_[due.server];
      const uint16_t id = ++server.last_id;
      server.asked[id] = due.change;
      server.line.Send(DelegationQuery(open->second.change.wanted.name, id));
      AskAt(now + kLost, due.change, due.server);
    }
  }

  void Wait() {
    std::vector<pollfd> sockets;
    for (const Server& server : servers_) sockets.push_back({server.line.socket(), POLLIN, 0});
    std::chrono::nanoseconds wait = kStep;
    if (!due_.empty()) {
      wait = std::clamp<std::chrono::nanoseconds>(due_.top().at - Clock::now(),
                                                  std::chrono::nanoseconds(0), wait);
    }
    const timespec timeout{0, wait.count()};
    ppoll(sockets.data(), sockets.size(), &timeout, nullptr);
  }

  void OnAnswer(size_t index, const std::string& answer) {
    const Instant now = Clock::now();
    Server& server = servers_[index];
    const auto asked = server.asked.find(QueryId(answer));
    if (asked == server.asked.end()) return;
    const uint64_t key = asked->second;
    server.asked.erase(asked);
    const auto open = open_.find(key);
    if (open == open_.end() || open->second.next[index] == kNever) return;
    if (bench::Shows(answer, open->second.change.wanted)) return Shown(open, index, now);
    const Clock::duration age = now - open->second.change.since;
    AskAt(now + std::max<Clock::duration>(kStep, age / kFraction), key, index);
  }

  void Shown(std::unordered_map<uint64_t, Open>::iterator open, size_t server, Instant now) {
    Open& change = open->second;
    change.next[server] = kNever;
    if (change.counts) {
      const auto lag =
          std::chrono::duration_cast<std::chrono::microseconds>(now - change.change.since);
      results_[server].kinds[static_cast<size_t>(change.change.kind)].Add(
          static_cast<uint64_t>(std::max<int64_t>(lag.count(), 0)));
    }
    if (--change.servers_left > 0) return;
    {
      registry::MutexLock lock(mutex_);
      done_.push_back(change.change.number);
    }
    open_.erase(open);
  }

  std::vector<Server> servers_;
  std::vector<Result> results_;
  std::unordered_map<uint64_t, Open> open_;
  std::priority_queue<Due> due_;
  uint64_t last_key_ = 0;

  registry::Mutex mutex_;
  std::vector<Change> inbox_ ABSL_GUARDED_BY(mutex_);
  std::vector<uint32_t> done_ ABSL_GUARDED_BY(mutex_);
  Instant from_ ABSL_GUARDED_BY(mutex_) = Instant::min();
  Instant until_ ABSL_GUARDED_BY(mutex_) = Instant::max();
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
};

absl::StatusOr<std::unique_ptr<ZoneWatch>> ZoneWatch::Start(
    const std::vector<std::string>& servers) {
  std::vector<std::pair<std::string, UdpLine>> lines;
  for (const std::string& server : servers) {
    const size_t equals = server.find('=');
    if (equals == server.npos) {
      return absl::InvalidArgumentError(
          registry::Concat("'", server, "' is not NAME=ADDRESS:PORT"));
    }
    auto line = UdpLine::Open(std::string_view(server).substr(equals + 1));
    if (!line.ok()) return line.status();
    lines.emplace_back(server.substr(0, equals), *std::move(line));
  }
  return std::unique_ptr<ZoneWatch>(new ZoneWatch(std::make_unique<Loop>(std::move(lines))));
}

ZoneWatch::ZoneWatch(std::unique_ptr<Loop> loop)
    : loop_(std::move(loop)), thread_([this] { loop_->Run(); }) {}

ZoneWatch::~ZoneWatch() { Finish(); }

void ZoneWatch::Count(Instant from, Instant until) { loop_->Count(from, until); }

void ZoneWatch::Expect(Delegation wanted, int kind, uint32_t number, Instant since) {
  loop_->Expect({std::move(wanted), kind, number, since});
}

std::vector<uint32_t> ZoneWatch::TakeDone() { return loop_->TakeDone(); }

std::vector<ZoneWatch::Result> ZoneWatch::Finish() {
  loop_->EndWhenDone();
  if (thread_.joinable()) thread_.join();
  return loop_->TakeResults();
}

namespace {

std::string LagJson(const Histogram& lag) {
  const auto ms = [&](double share) { return static_cast<double>(lag.Percentile(share)) / 1000; };
  return absl::StrFormat(
      "\"answers\": %d, \"p50_ms\": %.3f, \"p90_ms\": %.3f, \"p99_ms\": %.3f, \"p999_ms\": %.3f, "
      "\"max_ms\": %.3f",
      lag.count(), ms(0.5), ms(0.9), ms(0.99), ms(0.999), static_cast<double>(lag.max()) / 1000);
}

}  // namespace

std::string WatchedJson(const std::vector<ZoneWatch::Result>& results) {
  std::vector<std::string> servers;
  for (const ZoneWatch::Result& result : results) {
    Histogram all;
    std::vector<std::string> kinds;
    for (size_t i = 0; i < result.kinds.size(); ++i) {
      if (result.kinds[i].count() == 0) continue;
      all.Add(result.kinds[i]);
      kinds.push_back(
          absl::StrFormat("\"%s\": {%s}", ZoneChanges::kKindNames[i], LagJson(result.kinds[i])));
    }
    servers.push_back(absl::StrFormat("\"%s\": {%s, \"given_up\": %d, \"kinds\": {%s}}",
                                      result.server, LagJson(all), result.given_up,
                                      absl::StrJoin(kinds, ", ")));
  }
  return absl::StrFormat("{%s}", absl::StrJoin(servers, ", "));
}

}  // namespace bench
