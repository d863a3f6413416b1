#include "registry/net/server_command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>

#include "registry/net/settings_options.h"

namespace registry::net {
namespace {

int Complain(const std::string& program, const std::string& message) {
  std::fprintf(stderr, "%s: %s\n", program.c_str(), message.c_str());
  return kWrongUsage;
}

}  // namespace

std::string Version() { return POSTEL_VERSION; }

ServerCommandLine ReadServerCommandLine(int argc, char** argv, const std::string& program,
                                        const std::string& what_it_is) {
  ServerCommandLine result;
  SettingsOptions options;
  CLI::App app(what_it_is, program);
  AddSettingsOptions(app, &options);
  app.add_flag("--check", result.check, "Reads the settings, reports what is wrong, and ends");
  app.set_version_flag("--version", program + " " + Version());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    result.exit_code = app.exit(error) == 0 ? 0 : kWrongUsage;
    return result;
  }

  absl::StatusOr<Config> config = ReadSettings(options);
  if (!config.ok()) {
    result.exit_code = Complain(program, std::string(config.status().message()));
    return result;
  }
  result.config = *std::move(config);
  return result;
}

}  // namespace registry::net
