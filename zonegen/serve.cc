#include "zonegen/serve.h"

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <stop_token>
#include <utility>

#include "registry/base/log.h"
#include "registry/net/metrics.h"
#include "registry/net/rounds.h"
#include "registry/net/server_command_line.h"
#include "registry/net/signals.h"
#include "zonegen/directory_store.h"
#include "zonegen/watch.h"

namespace zonegen {
namespace {

using registry::Log;
using registry::LogLevel;

}  // namespace

absl::Status Serve(Config config) {
  registry::SystemClock clock;
  auto store = OpenDirectoryStore(config, &clock);
  if (!store.ok()) return store.status();
  registry::net::Metrics metrics("postel-zonegen", registry::net::Version());
  metrics.Watch("zonegen_database_reachable", "1 if the database answers, else 0.",
                [&store] { return (*store)->healthy() ? 1.0 : 0.0; });
  WatchMetrics watch_metrics(metrics);
  if (absl::Status status = metrics.Expose(config.metrics_listen); !status.ok()) return status;

  boost::asio::io_context io(1);
  Log(LogLevel::kInfo, "zonegen.started",
      {{"directory", config.directory},
       {"metrics_port", metrics.port()},
       {"version", registry::net::Version()}});
  const absl::Duration interval = config.interval;
  Watch watch(std::move(config), clock, watch_metrics);
  std::atomic<bool> refresh = false;
  registry::net::Rounds rounds(interval, [&](const std::stop_token& stop) {
    if (refresh.exchange(false)) watch.Refresh();
    watch.Round(stop);
  });
  registry::net::Signals signals(
      io, [&] { io.stop(); },
      [&] {
        refresh = true;
        rounds.Wake();
      });
  io.run();
  Log(LogLevel::kInfo, "zonegen.stopping");
  rounds.Stop();
  metrics.Close();
  Log(LogLevel::kInfo, "zonegen.stopped");
  return absl::OkStatus();
}

}  // namespace zonegen
