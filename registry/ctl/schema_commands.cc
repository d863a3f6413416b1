#include <iostream>
#include <optional>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/ctl/session.h"
#include "registry/store/migrations.h"
#include "registry/store/operator_reader.h"
#include "registry/store/settings.h"
#include "registry/types/years.h"

namespace ctl {
namespace {

struct Arguments {
  registry::store::MigrateOptions migrate;
  std::string step;
};

int Migrate(Session& session, const Arguments& arguments) {
  const absl::Time now = registry::SystemClock().Now();
  absl::StatusOr<int> version = registry::store::Migrate(session.database, arguments.migrate, now);
  if (!version.ok()) return ReportFailure(version.status(), session.json);
  Record record;
  record.AddNumber("schema_version", "Schema version", *version);
  record.Print(std::cout, session.json);
  return kExitOk;
}

// Shows the registry's time, after setting the offset if there is a new one.
int Clock(Session& session, std::optional<absl::Duration> change, bool reset) {
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  absl::Duration offset = (*directory)->settings.clock_offset;
  if (change || reset) {
    offset = reset ? absl::ZeroDuration() : offset + *change;
    absl::Status set = registry::store::SetClockOffset(session.database, offset);
    if (!set.ok()) return ReportFailure(set, session.json);
  }
  registry::SystemClock clock;
  clock.SetOffset(offset);
  Record record;
  record.Add("now", "Registry's time", registry::FormatTime(clock.Now()));
  record.Add("offset", "Offset", registry::FormatDuration(offset));
  record.Print(std::cout, session.json);
  return kExitOk;
}

// "+45d", "-3h", "+2y" (years of 365 days).
std::optional<absl::Duration> ParseStep(std::string text) {
  int64_t scale = 1;
  if (!text.empty() && text.front() == '+') text.erase(0, 1);
  if (!text.empty() && text.back() == 'y') {
    text.back() = 'd';
    scale = 365;
  }
  absl::StatusOr<absl::Duration> step = registry::ParseDuration(text);
  if (!step.ok()) return std::nullopt;
  return *step * scale;
}

int Move(Session& session, const Arguments& arguments) {
  const std::optional<absl::Duration> step = ParseStep(arguments.step);
  if (!step) {
    return ReportUsage(
        registry::Concat(arguments.step, ": not a duration such as +45d, -3h or +2y"),
        session.json);
  }
  return Clock(session, *step, false);
}

}  // namespace

void AddSchemaCommands(CLI::App& app, Session& session) {
  static Arguments arguments;
  CLI::App* migrate = app.add_subcommand(
      "migrate", "Make the schema, or bring it up to date; forward only, safe to repeat");
  migrate
      ->add_option("--repository-id", arguments.migrate.repository_id,
                   "Suffix of ROIDs, registered with IANA; fixed when the schema is made")
      ->capture_default_str();
  migrate
      ->add_option("--currency", arguments.migrate.currency,
                   "ISO 4217 code; fixed when the schema is made")
      ->capture_default_str();
  migrate->add_flag("--sandbox", arguments.migrate.sandbox,
                    "A registry to play with: its clock may be moved. Cannot be changed later");
  migrate->callback([&] { session.chosen = [&] { return Migrate(session, arguments); }; });

  CLI::App* clock = app.add_subcommand("clock", "The time of a sandbox; all its processes follow");
  clock->require_subcommand(1);
  clock->add_subcommand("show", "The registry's time")->callback([&] {
    session.chosen = [&] { return Clock(session, std::nullopt, false); };
  });
  CLI::App* move = clock->add_subcommand("move", "Move it, further than it has been moved already");
  move->add_option("STEP", arguments.step, "Such as +45d, -3h, +90m, +2y")->required();
  move->callback([&] { session.chosen = [&] { return Move(session, arguments); }; });
  clock->add_subcommand("reset", "Back to the true time")->callback([&] {
    session.chosen = [&] { return Clock(session, std::nullopt, true); };
  });
}

}  // namespace ctl
