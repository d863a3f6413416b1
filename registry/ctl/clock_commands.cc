#include <iostream>
#include <optional>

#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/base/config.h"
#include "registry/base/text.h"
#include "registry/base/utc_text.h"
#include "registry/ctl/session.h"
#include "registry/store/operator_reader.h"
#include "registry/store/settings.h"

namespace ctl {
namespace {

// Shows the registry's time, after moving it by `step`, or back to the true time.
int Clock(Session& session, std::optional<absl::Duration> step, bool reset) {
  auto directory = registry::store::ReadDirectory(session.database);
  if (!directory.ok()) return ReportFailure(directory.status(), session.json);
  absl::Duration offset = (*directory)->settings.clock_offset;
  if (step || reset) {
    if (!(*directory)->settings.sandbox) {
      return ReportRefusal("not-a-sandbox", "the clock moves in a sandbox only", session.json);
    }
    offset = reset ? absl::ZeroDuration() : offset + *step;
    absl::Status set = registry::store::SetClockOffset(session.database, offset);
    if (!set.ok()) return ReportFailure(set, session.json);
  }
  registry::SystemClock clock;
  clock.SetOffset(offset);
  Record record;
  record.Add("now", "Registry's time", registry::FormatUtc(clock.Now()));
  record.Add("offset", "Offset", registry::FormatDuration(offset));
  record.AddForPrograms("offset_seconds", absl::ToInt64Seconds(offset));
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

int Move(Session& session, const std::string& text) {
  const std::optional<absl::Duration> step = ParseStep(text);
  if (!step) {
    return ReportUsage(registry::Concat(text, ": not a duration such as +45d, -3h or +2y"),
                       session.json);
  }
  return Clock(session, *step, false);
}

}  // namespace

void AddClockCommands(CLI::App& app, Session& session) {
  CLI::App* clock = app.add_subcommand("clock", "The time of a sandbox; all its processes follow");
  clock->require_subcommand(1);
  Example(clock, "clock show");
  CLI::App* show = clock->add_subcommand("show", "The registry's time");
  show->callback(
      [&session] { session.chosen = [&session] { return Clock(session, std::nullopt, false); }; });
  Example(show, "clock show");

  static std::string step;
  CLI::App* move = clock->add_subcommand(
      "move", "Move it, further than it has been moved already; at most 100 years in all");
  move->add_option("STEP", step, "Such as +45d, +90m, +2y; back: -- -3h")->required();
  move->callback([&session] { session.chosen = [&session] { return Move(session, step); }; });
  Example(move, "clock move +45d");

  CLI::App* reset = clock->add_subcommand("reset", "Back to the true time");
  reset->callback(
      [&session] { session.chosen = [&session] { return Clock(session, std::nullopt, true); }; });
  Example(reset, "clock reset");
}

}  // namespace ctl
