// postelctl: the operator's command line.
#include <algorithm>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>

#include "CLI/CLI.hpp"
#include "registry/base/log.h"
#include "registry/ctl/session.h"
#include "registry/net/command_line_error.h"

namespace {

constexpr char kDescription[] =
    "The operator's command line of a Postel registry.\n"
    "\n"
    "A registry begins with:  postelctl migrate\n"
    "                         postelctl tld apply deploy/tlds/org.conf\n"
    "                         postelctl registrar create gold --name 'Gold Inc.' --password-file "
    "FILE\n"
    "                         postelctl registrar certificate gold add client.pem\n"
    "                         postelctl registrar deposit gold 1000.00 --reference 'invoice 42'";

constexpr char kFooter[] =
    "Exit codes: 0 done; 1 refused by a rule, or no such object; 2 wrong usage; 3 the database\n"
    "failed or cannot be reached; 4 audit found something.\n"
    "With --json, answers are JSON on standard output and errors JSON on standard error.";

// CLI11 runs the usage into the description.
class HelpForm : public CLI::Formatter {
 public:
  std::string make_usage(const CLI::App* app, std::string name) const override {
    return "\n" + CLI::Formatter::make_usage(app, name);
  }
};

// Also where the command line is wrong, and CLI11 has not come to the flag.
bool AsksForJson(std::span<char* const> arguments) {
  return std::ranges::any_of(arguments, [](std::string_view word) { return word == "--json"; });
}

int ReportParseError(const CLI::App& app, const CLI::ParseError& error, bool json) {
  const std::string what = registry::net::ExplainParseError(app, error);
  return ctl::ReportUsage(json ? what : what + "\nRun with --help for more information.", json);
}

int Main(int argc, char** argv) {
  // What fails is told as the answer, once.
  registry::SetLogLevel(registry::LogLevel::kNone);
  ctl::Session session;
  CLI::App app(kDescription, "postelctl");
  app.formatter(std::make_shared<HelpForm>());
  app.set_version_flag("--version", "postelctl " POSTEL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--database", session.database, "PostgreSQL connection string or URI (libpq)")
      ->envname("POSTEL_DATABASE")
      ->required();
  app.add_flag("--json", session.json, "Answer in JSON");

  ctl::AddSchemaCommands(app, session);
  ctl::AddClockCommands(app, session);
  ctl::AddRegistryCommands(app, session);
  ctl::AddTldCommands(app, session);
  ctl::AddIdnCommands(app, session);
  ctl::AddRegistrarCommands(app, session);
  ctl::AddObjectCommands(app, session);
  ctl::AddAgpCommands(app, session);
  ctl::AddNamesCommands(app, session);
  ctl::AddTokenCommands(app, session);
  ctl::AddRddsCommands(app, session);
  ctl::AddMaintenanceCommands(app, session);
  ctl::AddZoneCommands(app, session);
  ctl::AddReportCommands(app, session);
  app.footer(kFooter);  // subcommands would inherit it

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);  // help, version
    return ReportParseError(app, error, AsksForJson({argv, static_cast<size_t>(argc)}));
  }
  return session.chosen();
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return Main(argc, argv);
  } catch (const std::exception& error) {
    return ctl::ReportFailure(absl::InternalError(error.what()),
                              AsksForJson({argv, static_cast<size_t>(argc)}));
  }
}
