#include "registry/net/server_command_line.h"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <vector>

namespace registry::net {
namespace {

std::optional<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad()) return std::nullopt;
  return text.str();
}

int Complain(const std::string& program, const std::string& message) {
  std::fprintf(stderr, "%s: %s\n", program.c_str(), message.c_str());
  return 2;
}

}  // namespace

std::string Version() { return POSTEL_VERSION; }

ServerCommandLine ReadServerCommandLine(int argc, char** argv, const std::string& program,
                                        const std::string& what_it_is) {
  ServerCommandLine result;
  std::string file;
  std::vector<std::string> overrides;
  CLI::App app(what_it_is, program);
  app.add_option("--config", file, "The settings file")->type_name("FILE");
  app.add_option("--set", overrides, "Replaces one setting of the file; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  app.add_flag("--check", result.check, "Reads the settings, reports what is wrong, and ends");
  app.set_version_flag("--version", program + " " + Version());
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    result.exit_code = app.exit(error);
    return result;
  }

  std::string text;
  if (!file.empty()) {
    std::optional<std::string> read = ReadWholeFile(file);
    if (!read) {
      result.exit_code = Complain(program, "cannot read " + file);
      return result;
    }
    text = *std::move(read);
  }
  Config config(file.empty() ? "command line" : file, text);
  for (const std::string& setting : overrides) {
    const size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      result.exit_code = Complain(program, "--set takes key=value, not '" + setting + "'");
      return result;
    }
    config.Override(setting.substr(0, equals), setting.substr(equals + 1));
  }
  result.config = std::move(config);
  return result;
}

}  // namespace registry::net
