#pragma once

namespace CLI {
class App;
}  // namespace CLI

namespace zonegen {

// `postel-zonegen full`: one whole zone. When it is chosen it runs, and leaves its exit code in
// `result`, which outlives the parsing.
void AddFullCommand(CLI::App& app, int* result);

}  // namespace zonegen
