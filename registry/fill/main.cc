// postel-fill: made-up domains for a sandbox, to try and to measure with.
#include <sys/stat.h>
#include <unistd.h>

#include <iostream>

#include "CLI/CLI.hpp"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "registry/base/progress.h"
#include "registry/fill/label.h"
#include "registry/fill/load.h"

namespace {

constexpr char kDescription[] =
    "Fills the registry of a sandbox with made-up domains, with their contacts, hosts, DS, "
    "history\n"
    "and charges. Those that an earlier run loaded stay, only the missing ones are added: a larger "
    "N\n"
    "later gives the same as the larger N at once. It may be interrupted at any moment and run\n"
    "again, and the servers may run meanwhile.";

constexpr char kFooter[] =
    "The same N gives the same data, relative to a reference day: the registry's day (UTC) of the\n"
    "first run, which the registry remembers, or the one that --reference says. Names, persons,\n"
    "hosts, DS and statuses do not depend on it. Dates are a fixed distance away from it: "
    "creation\n"
    "up to 20 years before, expiry up to 10 years after; so are grace periods, redemption and\n"
    "pending deletion, which last for at least the day after. With a day that is long past the\n"
    "clock's work of the time since then (renewals, purges) is done at once.\n"
    "Only keys (and so ROIDs) depend on what the registry had before.\n"
    "\n"
    "Exit codes: 0 done; 1 refused, as outside of a sandbox; 2 wrong usage; 3 the database failed.";

std::string ParseDay(const std::string& text, std::optional<absl::CivilDay>& day) {
  absl::CivilDay parsed;
  if (!absl::ParseCivilTime(text, &parsed)) return "not a day such as 2026-01-31: " + text;
  day = parsed;
  return "";
}

int Run(const fill::LoadOptions& options) {
  const absl::Time begun = absl::Now();
  registry::Progress progress(options.domains, "domains", isatty(STDOUT_FILENO) != 0);
  const auto loaded = fill::Load(options, [&](int64_t done, std::string_view activity) {
    std::cout << progress.Show(done, activity, absl::Now() - begun) << std::flush;
    return true;
  });
  std::cout << progress.End() << std::flush;
  if (!loaded.ok()) {
    std::cerr << "postel-fill: " << std::string(loaded.status().message()) << '\n';
    const bool refused =
        absl::IsFailedPrecondition(loaded.status()) || absl::IsInvalidArgument(loaded.status());
    return refused ? 1 : 3;
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - begun);
  std::cout << absl::StrFormat(
      "%s made-up domains are there, %s of them new, in %.1f s (%s a second); reference day %s\n",
      registry::WithCommas(loaded->before + loaded->added), registry::WithCommas(loaded->added),
      seconds,
      registry::WithCommas(static_cast<int64_t>(static_cast<double>(loaded->added) / seconds)),
      absl::FormatCivilTime(loaded->reference));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  fill::LoadOptions options;
  CLI::App app(kDescription, "postel-fill");
  app.footer(kFooter);
  app.add_option("--database", options.database, "PostgreSQL connection string or URI (libpq)")
      ->envname("POSTEL_DATABASE")
      ->required();
  app.add_option("--domains", options.domains, "How many there shall be")
      ->check(CLI::Range(int64_t{1}, fill::kMostDomains))
      ->required();
  app.add_option_function<std::string>(
         "--reference", [&](const std::string&) {}, "What everything is relative to, YYYY-MM-DD")
      ->check([&](const std::string& text) { return ParseDay(text, options.reference); });
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  return Run(options);
}
