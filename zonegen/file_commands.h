#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace zonegen {

// `postel-zonegen diff` and `export`, which work on zone files alone. The one that is chosen runs,
// and leaves its exit code in `result`, which outlives the parsing.
void AddFileCommands(CLI::App& app, int* result);

}  // namespace zonegen
