#include "registry/net/settings_options.h"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <fstream>
#include <sstream>

#include "registry/base/text.h"

namespace registry::net {
namespace {

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::ErrnoToStatus(errno, Concat("cannot read ", path));
  std::ostringstream text;
  text << in.rdbuf();
  if (in.bad() || text.fail()) return absl::DataLossError(Concat("cannot read ", path));
  return text.str();
}

}  // namespace

void AddSettingsOptions(CLI::App& app, SettingsOptions* options) {
  app.add_option("--config", options->file, "The settings file")->type_name("FILE");
  app.add_option("--set", options->overrides, "Replaces one setting of the file; may be repeated")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
}

absl::StatusOr<Config> ReadSettings(const SettingsOptions& options) {
  std::string text;
  if (!options.file.empty()) {
    absl::StatusOr<std::string> read = ReadWholeFile(options.file);
    if (!read.ok()) return read.status();
    text = *std::move(read);
  }
  Config config(options.file.empty() ? "command line" : options.file, text);
  for (const std::string& setting : options.overrides) {
    const size_t equals = setting.find('=');
    if (equals == std::string::npos || equals == 0) {
      return absl::InvalidArgumentError(Concat("--set takes key=value, not '", setting, "'"));
    }
    config.Override(setting.substr(0, equals), setting.substr(equals + 1));
  }
  return config;
}

}  // namespace registry::net
