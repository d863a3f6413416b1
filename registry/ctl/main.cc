// postelctl: the operator's command line.
#include <cstdlib>
#include <iostream>

#include "CLI/CLI.hpp"
#include "registry/ctl/session.h"

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

}  // namespace

int main(int argc, char** argv) {
  ctl::Session session;
  CLI::App app(kDescription, "postelctl");
  app.footer(kFooter);
  app.set_version_flag("--version", "postelctl " POSTEL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();
  app.add_option("--database", session.database, "PostgreSQL connection string or URI (libpq)")
      ->envname("POSTEL_DATABASE")
      ->required();
  app.add_flag("--json", session.json, "Answer in JSON");

  ctl::AddSchemaCommands(app, session);
  ctl::AddTldCommands(app, session);
  ctl::AddRegistrarCommands(app, session);
  ctl::AddObjectCommands(app, session);
  ctl::AddReportCommands(app, session);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = app.exit(error);
    return code == 0 ? ctl::kExitOk : ctl::kExitUsage;
  }
  return session.chosen();
}
