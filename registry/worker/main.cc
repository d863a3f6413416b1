// postel-worker: does what the clock does.
#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>
#include <vector>

#include "registry/base/log.h"
#include "registry/net/metrics.h"
#include "registry/net/rounds.h"
#include "registry/net/server_command_line.h"
#include "registry/net/settings_options.h"
#include "registry/net/signals.h"
#include "registry/worker/cds_pass.h"
#include "registry/worker/worker.h"

namespace {

using registry::Log;
using registry::LogLevel;

constexpr int kFailed = 1;
constexpr int kUsage = 2;

constexpr char kDescription[] =
    "Does what the clock does to domains of the Postel registry: renews, ends redemption, purges.\n"
    "Any number may run at once; without one, nothing is wrong but messages come late.";

constexpr char kCdsDescription[] =
    "Looks at the CDS and CDNSKEY records of delegated domains (RFC 7344, 8078, 9615), and "
    "changes\n"
    "their DS records by what they say. The settings whose names begin with cds_ are for this.";

struct Options {
  registry::net::SettingsOptions settings;
  bool once = false;
  bool check = false;
  std::vector<std::string> domains;  // of the command cds
};

int Complain(const absl::Status& status, int code) {
  std::fprintf(stderr, "postel-worker: %s\n", std::string(status.message()).c_str());
  return code;
}

absl::StatusOr<worker::Config> ReadConfig(const registry::net::SettingsOptions& options) {
  auto settings = registry::net::ReadSettings(options);
  if (!settings.ok()) return settings.status();
  return worker::ReadConfig(*std::move(settings));
}

int RunOnce(worker::Config config) {
  registry::net::Metrics metrics("postel-worker", registry::net::Version());
  const auto worker = worker::Worker::Open(std::move(config), metrics);
  if (!worker.ok()) return Complain(worker.status(), kFailed);
  return (*worker)->Round() ? 0 : kFailed;
}

int Serve(worker::Config config) {
  const absl::Duration interval = config.interval;
  const registry::net::Endpoint metrics_listen = config.metrics_listen;
  registry::net::Metrics metrics("postel-worker", registry::net::Version());
  const auto worker = worker::Worker::Open(std::move(config), metrics);
  if (!worker.ok()) return Complain(worker.status(), kFailed);
  const absl::Status exposed = metrics.Expose(metrics_listen);
  if (!exposed.ok()) return Complain(exposed, kFailed);

  boost::asio::io_context io(1);
  Log(LogLevel::kInfo, "worker.started",
      {{"metrics_port", metrics.port()}, {"version", registry::net::Version()}});
  registry::net::Rounds rounds(interval,
                               [&](const std::stop_token& stop) { (*worker)->Round(stop); });
  registry::net::Signals signals(
      io, [&] { io.stop(); }, [&] { rounds.Wake(); });
  io.run();
  Log(LogLevel::kInfo, "worker.stopping");
  rounds.Stop();
  metrics.Close();
  Log(LogLevel::kInfo, "worker.stopped");
  return 0;
}

int RunCds(worker::Config config, const Options& options) {
  std::vector<registry::DomainName> domains;
  for (const std::string& text : options.domains) {
    auto name = registry::DomainName::FromUnicode(text);
    if (!name) return Complain(absl::InvalidArgumentError(text + ": not a domain name"), kUsage);
    domains.push_back(*std::move(name));
  }
  registry::net::Metrics metrics("postel-worker", registry::net::Version());
  const auto pass = worker::CdsPass::Open(std::move(config), metrics);
  if (!pass.ok()) {
    return Complain(pass.status(), absl::IsInvalidArgument(pass.status()) ? kUsage : kFailed);
  }
  if (domains.empty()) return (*pass)->RunOnce() ? 0 : kFailed;
  const auto findings = (*pass)->LookAt(domains);
  if (!findings.ok()) return Complain(findings.status(), kFailed);
  if (findings->empty()) {
    return Complain(absl::NotFoundError("none of these is delegated and to be looked at (cds_tld, "
                                        "cds_bootstrap)"),
                    kFailed);
  }
  for (const auto& [scan, verdict] : *findings) {
    std::printf("%s: %s %s %s\n", scan.name.text().c_str(), scan.result.c_str(),
                verdict.kind == registry::ChildDsVerdict::Kind::kRefused
                    ? std::string(verdict.problem.text).c_str()
                    : scan.wish.c_str(),
                scan.about.c_str());
  }
  return 0;
}

int ServeCds(worker::Config config) {
  const registry::net::Endpoint metrics_listen = config.cds.metrics_listen;
  registry::net::Metrics metrics("postel-worker", registry::net::Version());
  const auto pass = worker::CdsPass::Open(std::move(config), metrics);
  if (!pass.ok()) {
    return Complain(pass.status(), absl::IsInvalidArgument(pass.status()) ? kUsage : kFailed);
  }
  const absl::Status exposed = metrics.Expose(metrics_listen);
  if (!exposed.ok()) return Complain(exposed, kFailed);

  boost::asio::io_context io(1);
  Log(LogLevel::kInfo, "cds.started",
      {{"metrics_port", metrics.port()}, {"version", registry::net::Version()}});
  registry::net::Rounds rounds(absl::Seconds(1),
                               [&](const std::stop_token& stop) { (*pass)->Round(stop); });
  registry::net::Signals signals(
      io, [&] { io.stop(); }, [&] { rounds.Wake(); });
  io.run();
  Log(LogLevel::kInfo, "cds.stopping");
  rounds.Stop();
  metrics.Close();
  Log(LogLevel::kInfo, "cds.stopped");
  return 0;
}

int Main(int argc, char** argv) {
  Options options;
  CLI::App app(kDescription, "postel-worker");
  registry::net::AddSettingsOptions(app, &options.settings);
  app.add_flag("--once", options.once,
               "One pass and one housekeeping, with cds a whole pass, then the end");
  CLI::App* cds = app.add_subcommand("cds", kCdsDescription)->fallthrough();
  cds->add_option("DOMAIN", options.domains, "Look at these now, say what came of it, and end");
  app.add_flag("--check", options.check, "Reads the settings, reports what is wrong, and ends");
  app.set_version_flag("--version", "postel-worker " + registry::net::Version());
  app.footer(
      "Exit codes: 0 done; 1 the database failed, or a domain did; 2 wrong usage or settings.");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsage;
  }
  auto config = ReadConfig(options.settings);
  if (!config.ok()) return Complain(config.status(), kUsage);
  if (options.check) {
    std::puts("postel-worker: the settings are right");
    return 0;
  }
  registry::SetLogLevel(config->log_level);
  if (cds->parsed()) {
    const bool ends = options.once || !options.domains.empty();
    return ends ? RunCds(*std::move(config), options) : ServeCds(*std::move(config));
  }
  return options.once ? RunOnce(*std::move(config)) : Serve(*std::move(config));
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "postel-worker: %s\n", error.what());
    return kFailed;
  }
}
