#include "zonegen/serve_follow.h"

#include <boost/asio/io_context.hpp>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/metrics.h"
#include "registry/net/rounds.h"
#include "registry/net/server_command_line.h"
#include "registry/net/signals.h"
#include "zonegen/directory_store.h"
#include "zonegen/follow_metrics.h"
#include "zonegen/follower.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Log;
using registry::LogLevel;

constexpr absl::Duration kNewTlds = absl::Seconds(1);

// One zone on one primary, with its thread.
class Zone {
 public:
  Zone(FollowerOptions options, const registry::Clock& clock, registry::net::Metrics& metrics)
      : metrics_(metrics, options.server.name, options.tld),
        follower_(std::move(options), clock, metrics_),
        thread_([this](const std::stop_token& stop) { follower_.Run(stop); }) {}
  void RequestStop() { thread_.request_stop(); }

 private:
  FollowMetrics metrics_;
  Follower follower_;
  std::jthread thread_;
};

class Zones {
 public:
  Zones(const Config& config, const registry::Clock& clock, registry::net::Metrics& metrics)
      : config_(config), clock_(clock), metrics_(metrics) {}
  ~Zones() {
    for (auto& [name, zone] : zones_) zone->RequestStop();
  }

  void Follow(const registry::Directory& directory) {
    for (const registry::TldPolicy* policy : directory.tlds()) {
      if (config_.tlds.empty()) Follow(policy->tld);
    }
    for (const std::string& tld : config_.tlds) Follow(tld);
  }

 private:
  void Follow(const std::string& tld) {
    for (const PrimaryServer& server : config_.follow.primaries) {
      const std::string name = Concat(config_.feed_reader, "-", server.name, "-", tld);
      if (zones_.contains(name)) continue;
      FollowerOptions options{config_.database,  name,   tld,
                              config_.directory, server, config_.follow};
      zones_.emplace(name, std::make_unique<Zone>(std::move(options), clock_, metrics_));
    }
  }

  const Config& config_;
  const registry::Clock& clock_;
  registry::net::Metrics& metrics_;
  std::map<std::string, std::unique_ptr<Zone>> zones_;
};

}  // namespace

absl::Status ServeFollow(Config config) {
  registry::SystemClock clock;
  auto store = OpenDirectoryStore(config, &clock);
  if (!store.ok()) return store.status();
  registry::net::Metrics metrics("postel-zonegen", registry::net::Version());
  metrics.Watch("zonegen_database_reachable", "1 if the database answers, else 0.",
                [&store] { return (*store)->healthy() ? 1.0 : 0.0; });
  if (absl::Status status = metrics.Expose(config.metrics_listen); !status.ok()) return status;

  boost::asio::io_context io(1);
  Log(LogLevel::kInfo, "zonegen.started",
      {{"directory", config.directory},
       {"metrics_port", metrics.port()},
       {"version", registry::net::Version()}});
  {
    Zones zones(config, clock, metrics);
    registry::net::Rounds rounds(
        kNewTlds, [&](const std::stop_token&) { zones.Follow(*(*store)->directory()); });
    registry::net::Signals signals(
        io, [&] { io.stop(); }, [] {});
    io.run();
    Log(LogLevel::kInfo, "zonegen.stopping");
    rounds.Stop();
  }
  metrics.Close();
  Log(LogLevel::kInfo, "zonegen.stopped");
  return absl::OkStatus();
}

}  // namespace zonegen
