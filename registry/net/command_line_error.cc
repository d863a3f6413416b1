#include "registry/net/command_line_error.h"

#include "registry/base/text.h"
#include "registry/base/utf8.h"

namespace registry::net {
namespace {

// The innermost subcommand that was understood.
const CLI::App* Reached(const CLI::App& app) {
  const CLI::App* reached = &app;
  while (!reached->get_subcommands().empty()) reached = reached->get_subcommands().front();
  return reached;
}

}  // namespace

std::string ExplainParseError(const CLI::App& app, const CLI::ParseError& error) {
  if (Reached(app)->get_require_subcommand_min() > 0) {
    for (const std::string& word : app.remaining(/*recurse=*/true)) {
      if (!word.starts_with('-')) return Concat("no such subcommand: ", Excerpt(word));
    }
  }
  return error.what();
}

}  // namespace registry::net
