#include "zonegen/file_commands.h"

#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>
#include <string>

#include "zonegen/command_line.h"
#include "zonegen/compression.h"
#include "zonegen/zone_diff.h"
#include "zonegen/zone_export.h"

namespace zonegen {
namespace {

// As of diff (1).
constexpr int kSame = 0;
constexpr int kDifferent = 1;
constexpr int kTrouble = 2;

struct DiffArguments {
  std::string old_file, new_file;
  bool summary = false;
  DiffOptions options;
};

struct ExportArguments {
  std::string zone, out;
};

void PrintText(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int Diff(const DiffArguments& arguments) {
  const auto difference = DiffZones(arguments.old_file, arguments.new_file, arguments.options,
                                    [&](std::string_view lines) {
                                      if (!arguments.summary) PrintText(lines);
                                    });
  if (!difference.ok()) return Complain(difference.status(), kTrouble);
  if (arguments.summary) PrintText(Summarize(*difference));
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    return Complain(absl::UnavailableError("cannot write the differences"), kTrouble);
  }
  return difference->same() ? kSame : kDifferent;
}

int Export(ExportArguments arguments) {
  ::signal(SIGPIPE, SIG_IGN);  // SortedLines
  const std::string_view suffix = SuffixOf(Compression::kGzip);
  if (!arguments.out.ends_with(suffix)) arguments.out += suffix;
  const auto exported = ExportZone(arguments.zone, arguments.out);
  if (!exported.ok()) {
    const bool refused = absl::IsInvalidArgument(exported.status());
    return Complain(exported.status(), refused ? kRefused : kBroken);
  }
  std::printf("%s: serial %u, %lld records, %lld bytes, SHA-256 %s\n", arguments.out.c_str(),
              exported->serial, static_cast<long long>(exported->records),
              static_cast<long long>(exported->bytes), exported->sha256.c_str());
  return 0;
}

}  // namespace

void AddFileCommands(CLI::App& app, int* result) {
  auto diff = std::make_shared<DiffArguments>();
  CLI::App* diff_app =
      app.add_subcommand("diff", "Shows what one zone file has and another has not");
  diff_app->footer(
      "\"-\" stands before what OLD alone has, \"+\" before what NEW alone has. Both have one "
      "record\n"
      "a line, are in canonical order and may be compressed (gzip, zstd); spelling makes no\n"
      "difference. Exit codes: 0 the same; 1 different; 2 trouble.");
  diff_app->add_option("old", diff->old_file, "A zone file")->type_name("OLD")->required();
  diff_app->add_option("new", diff->new_file, "Another")->type_name("NEW")->required();
  diff_app->add_flag("--summary", diff->summary, "Only how many, by type");
  diff_app->add_flag("--ignore-serial", diff->options.ignore_serial,
                     "Two SOA records that differ in the serial alone are the same");
  diff_app->callback([diff, result] { *result = Diff(*diff); });

  auto exporting = std::make_shared<ExportArguments>();
  CLI::App* export_app = app.add_subcommand("export", "Writes a zone file for third parties");
  export_app->footer(
      "In the form that ICANN's Centralized Zone Data Service gives out: compressed with gzip, "
      "one\n"
      "record a line, a tab between its five fields, all names absolute and in lower case, in\n"
      "alphabetical order, the SOA first and last. Exit codes: 0 done; 1 refused, since ZONE is "
      "not\n"
      "a zone file; 2 wrong usage; 3 the disk failed.");
  export_app
      ->add_option("zone", exporting->zone, "The zone file: one record a line, compressed or not")
      ->type_name("ZONE")
      ->required();
  export_app->add_option("--out", exporting->out, "The file that is replaced; it ends in .gz")
      ->type_name("FILE")
      ->required();
  export_app->callback([exporting, result] { *result = Export(*exporting); });
}

}  // namespace zonegen
