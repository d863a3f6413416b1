#include <iostream>
#include <optional>
#include <string>

#include "registry/base/clock.h"
#include "registry/base/text.h"
#include "registry/ctl/session.h"
#include "registry/store/migrations.h"
#include "registry/store/operator_reader.h"

namespace ctl {
namespace {

using registry::Concat;
using registry::RegistrySettings;

// What the command line says; the defaults are for a schema that is not there yet.
struct Arguments {
  std::optional<std::string> repository_id, currency;
  bool sandbox = false;
};

registry::store::MigrateOptions OptionsOf(const Arguments& arguments) {
  registry::store::MigrateOptions options;
  options.repository_id = arguments.repository_id.value_or(options.repository_id);
  options.currency = arguments.currency.value_or(options.currency);
  options.sandbox = arguments.sandbox;
  return options;
}

// What was asked for and is otherwise, for good; empty if nothing is.
std::string StaysAsItIs(const Arguments& arguments, const RegistrySettings& settings) {
  constexpr char kWhen[] = ": that was fixed when the schema was made";
  if (arguments.repository_id.value_or(settings.repository_id) != settings.repository_id) {
    return Concat("the repository ID stays ", settings.repository_id, kWhen);
  }
  if (arguments.currency.value_or(settings.currency) != settings.currency) {
    return Concat("the currency stays ", settings.currency, kWhen);
  }
  if (arguments.sandbox && !settings.sandbox) {
    return Concat("the registry stays no sandbox", kWhen);
  }
  return "";
}

int Migrate(Session& session, const Arguments& arguments) {
  const absl::Time now = registry::SystemClock().Now();
  absl::StatusOr<int> version =
      registry::store::Migrate(session.database, OptionsOf(arguments), now);
  if (!version.ok()) return ReportFailure(version.status(), session.json);
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  const std::string stays = StaysAsItIs(arguments, (*directory)->settings);
  if (!stays.empty()) return ReportRefusal("settings-are-fixed", stays, session.json);
  Record record;
  record.AddNumber("schema_version", "Schema version", *version);
  record.Print(std::cout, session.json);
  return kExitOk;
}

}  // namespace

void AddSchemaCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  CLI::App* migrate = app.add_subcommand(
      "migrate", "Make the schema, or bring it up to date; forward only, safe to repeat");
  migrate->add_option("--repository-id", arguments.repository_id,
                      "Suffix of ROIDs, registered with IANA; POSTEL if not given. Fixed when the "
                      "schema is made");
  migrate->add_option("--currency", arguments.currency,
                      "ISO 4217 code; USD if not given. Fixed when the schema is made");
  migrate->add_flag("--sandbox", arguments.sandbox,
                    "A registry to play with: its clock may be moved. Cannot be changed later");
  migrate->callback(
      [&session] { session.chosen = [&session] { return Migrate(session, arguments); }; });
  Example(migrate, "migrate --repository-id YOURID --currency EUR");
}

}  // namespace ctl
