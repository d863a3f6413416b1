#pragma once

#include <optional>
#include <string>

#include "registry/base/config.h"

namespace registry::net {

// What a server ends with when its command line or its settings are wrong; 1 is for all else.
inline constexpr int kWrongUsage = 2;

// The command line that every server has:
//   --config FILE  --set key=value (repeatable)  --check  --version  --help
struct ServerCommandLine {
  int exit_code = 0;             // if there is nothing to run
  std::optional<Config> config;  // none: help or version was printed, or an error
  bool check = false;            // read the settings, say whether they are right, and end
};

// `what_it_is` is one sentence for --help. Errors go to standard error.
ServerCommandLine ReadServerCommandLine(int argc, char** argv, const std::string& program,
                                        const std::string& what_it_is);

// The version of this build, "0.1.0".
std::string Version();

}  // namespace registry::net
