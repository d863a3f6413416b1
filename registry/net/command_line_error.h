#pragma once

#include <string>

#include "CLI/CLI.hpp"

namespace registry::net {

// What is wrong with a command line, as one sentence: CLI11's own, but for an unknown subcommand,
// where it says only that one is needed. `app` is the one that was parsed.
std::string ExplainParseError(const CLI::App& app, const CLI::ParseError& error);

}  // namespace registry::net
