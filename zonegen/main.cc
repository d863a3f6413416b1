// postel-zonegen: the zones of the registry's TLDs as master files.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <string>
#include <utility>

#include "registry/base/log.h"
#include "registry/base/text.h"
#include "registry/net/command_line_error.h"
#include "registry/net/server_command_line.h"
#include "registry/net/settings_options.h"
#include "zonegen/command_line.h"
#include "zonegen/file_commands.h"
#include "zonegen/full_command.h"
#include "zonegen/serve.h"
#include "zonegen/serve_follow.h"

namespace {

using zonegen::Complain;
using zonegen::kBroken;
using zonegen::kUsage;

constexpr char kFooter[] =
    "Exit codes: 0 done; 1 refused, since there is no such TLD, its policy has no apex, the zone\n"
    "did not pass a check, or another process is writing it; 2 wrong usage or settings;\n"
    "3 the database or the disk failed. `diff` has codes of its own.";

struct WatchOptions {
  registry::net::SettingsOptions settings;
  bool check = false;
};

int RunWatch(const WatchOptions& options) {
  auto config = zonegen::ReadConfig(options.settings);
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
  auto config = zonegen::ReadConfig(options.settings);
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
  CLI::App app(
      "Makes the zones of the registry's TLDs: whole as master files, or change by change on their "
      "primary\nname servers.",
      "postel-zonegen");
  app.footer(kFooter);
  app.set_version_flag("--version", "postel-zonegen " + registry::net::Version());
  app.require_subcommand(1);
  WatchOptions watch, follow;
  int result = 0;
  zonegen::AddFullCommand(app, &result);
  AddWatch(app, watch, result);
  AddFollow(app, follow, result);
  zonegen::AddFileCommands(app, &result);
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
