#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/base/config.h"

namespace CLI {
class App;
}  // namespace CLI

namespace registry::net {

// Where a program's settings come from: what its command line says about it.
struct SettingsOptions {
  std::string file;                    // --config FILE; may be empty
  std::vector<std::string> overrides;  // --set key=value
};

// Adds --config and --set. `options` outlives the parsing.
void AddSettingsOptions(CLI::App& app, SettingsOptions* options);

// The file's settings with the overrides. The message of an error is for the user.
absl::StatusOr<Config> ReadSettings(const SettingsOptions& options);

}  // namespace registry::net
