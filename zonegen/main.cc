// postel-zonegen: the zones of the registry's TLDs as master files.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

#include "registry/base/clock.h"
#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/command_line_error.h"
#include "registry/net/server_command_line.h"
#include "registry/net/settings_options.h"
#include "registry/store/operator_reader.h"
#include "zonegen/config.h"
#include "zonegen/generate.h"
#include "zonegen/serve.h"
#include "zonegen/serve_follow.h"

namespace {

constexpr int kRefused = 1;
constexpr int kUsage = 2;
constexpr int kBroken = 3;

constexpr char kFooter[] =
    "Exit codes: 0 done; 1 refused, since there is no such TLD, its policy has no apex, the zone\n"
    "would shrink too much, or another process is writing it; 2 wrong usage or settings;\n"
    "3 the database or the disk failed.";

struct FullOptions {
  registry::net::SettingsOptions settings;
  std::string database;
  std::string tld;
  std::string file;
  int max_shrink_percent = -1;  // as the settings say
  bool force = false;
};

struct WatchOptions {
  registry::net::SettingsOptions settings;
  bool check = false;
};

int Complain(const absl::Status& status, int code) {
  std::fprintf(stderr, "postel-zonegen: %s\n", std::string(status.message()).c_str());
  return code;
}

int CodeOf(const absl::Status& status) {
  return absl::IsNotFound(status) || absl::IsFailedPrecondition(status) || absl::IsAborted(status)
             ? kRefused
             : kBroken;
}

absl::StatusOr<zonegen::Config> ReadConfig(const registry::net::SettingsOptions& options) {
  auto settings = registry::net::ReadSettings(options);
  if (!settings.ok()) return settings.status();
  return zonegen::ReadConfig(*std::move(settings));
}

// The registry's time: a sandbox's may be moved.
absl::StatusOr<absl::Time> RegistryNow(const std::string& database) {
  const auto directory = registry::store::ReadDirectory(database);
  if (!directory.ok()) return directory.status();
  registry::SystemClock clock;
  clock.SetOffset((*directory)->settings.clock_offset);
  return clock.Now();
}

int Full(FullOptions options) {
  if (!options.database.empty()) {
    options.settings.overrides.push_back("database=" + options.database);
  }
  const auto config = ReadConfig(options.settings);
  if (!config.ok()) return Complain(config.status(), kUsage);
  zonegen::ZoneOrder order{config->database, options.tld, options.file, config->shrink,
                           options.force};
  if (options.max_shrink_percent >= 0) order.shrink.percent = options.max_shrink_percent;

  const auto now = RegistryNow(order.database);
  if (!now.ok()) return Complain(now.status(), kBroken);
  const auto zone = zonegen::GenerateZone(order, *now);
  if (!zone.ok()) return Complain(zone.status(), CodeOf(zone.status()));
  std::printf("%s: %s, serial %u, %lld delegations, %lld bytes, %lld ms\n", order.file.c_str(),
              zone->written ? "written" : "is current", zone->serial,
              static_cast<long long>(zone->delegations), static_cast<long long>(zone->bytes),
              static_cast<long long>(absl::ToInt64Milliseconds(zone->took)));
  return 0;
}

int RunWatch(const WatchOptions& options) {
  auto config = ReadConfig(options.settings);
  if (!config.ok()) return Complain(config.status(), kUsage);
  if (config->directory.empty()) {
    return Complain(absl::InvalidArgumentError("the setting `directory` is missing"), kUsage);
  }
  if (options.check) {
    std::puts("postel-zonegen: the settings are right");
    return 0;
  }
  registry::SetLogLevel(config->log_level);
  const absl::Status status = zonegen::Serve(*std::move(config));
  return status.ok() ? 0 : Complain(status, kBroken);
}

int RunFollow(const WatchOptions& options) {
  auto config = ReadConfig(options.settings);
  if (!config.ok()) return Complain(config.status(), kUsage);
  for (const auto& [missing, name] : {std::pair(config->directory.empty(), "directory"),
                                      std::pair(config->follow.primaries.empty(), "primary")}) {
    if (!missing) continue;
    const std::string what = registry::Concat("the setting `", name, "` is missing");
    return Complain(absl::InvalidArgumentError(what), kUsage);
  }
  if (options.check) {
    std::puts("postel-zonegen: the settings are right");
    return 0;
  }
  registry::SetLogLevel(config->log_level);
  const absl::Status status = zonegen::ServeFollow(*std::move(config));
  return status.ok() ? 0 : Complain(status, kBroken);
}

void AddFull(CLI::App& app, FullOptions& options, int& result) {
  CLI::App* full = app.add_subcommand("full", "Writes one whole zone and ends");
  registry::net::AddSettingsOptions(*full, &options.settings);
  full->add_option("--database", options.database,
                   "PostgreSQL connection string, instead of a settings file")
      ->type_name("CONNINFO");
  full->add_option("--tld", options.tld, "Which zone")->required();
  full->add_option("--out", options.file, "The file that is replaced")
      ->type_name("FILE")
      ->required();
  full->add_option("--max-shrink-percent", options.max_shrink_percent,
                   "Refuse a zone that lost more than this (and more than max_shrink_names)")
      ->check(CLI::Range(0, 100));
  full->add_flag("--force", options.force, "Whatever stands in the file now");
  full->callback([&] { result = Full(options); });
}

void AddWatch(CLI::App& app, WatchOptions& options, int& result) {
  CLI::App* watch =
      app.add_subcommand("watch", "Keeps the zone files as the registry is, until it is stopped");
  registry::net::AddSettingsOptions(*watch, &options.settings);
  watch->add_flag("--check", options.check, "Reads the settings, reports what is wrong, and ends");
  watch->callback([&] { result = RunWatch(options); });
}

void AddFollow(CLI::App& app, WatchOptions& options, int& result) {
  CLI::App* follow = app.add_subcommand(
      "follow",
      "Sends each change of the registry to the primary name servers, until it is stopped");
  registry::net::AddSettingsOptions(*follow, &options.settings);
  follow->add_flag("--check", options.check, "Reads the settings, reports what is wrong, and ends");
  follow->callback([&] { result = RunFollow(options); });
}

int Main(int argc, char** argv) {
  CLI::App app("Makes the zones of the registry's TLDs as master files.", "postel-zonegen");
  app.footer(kFooter);
  app.set_version_flag("--version", "postel-zonegen " + registry::net::Version());
  app.require_subcommand(1);
  FullOptions full;
  WatchOptions watch, follow;
  int result = 0;
  AddFull(app, full, result);
  AddWatch(app, watch, result);
  AddFollow(app, follow, result);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help, version
    const std::string what = registry::net::ExplainParseError(app, error);
    return Complain(absl::InvalidArgumentError(what), kUsage);
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "postel-zonegen: %s\n", error.what());
    return kBroken;
  }
}
