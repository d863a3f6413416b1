#include "zonegen/full_command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "registry/base/clock.h"
#include "registry/base/progress.h"
#include "registry/base/text.h"
#include "registry/base/utf8.h"
#include "registry/store/operator_reader.h"
#include "registry/store/zone_reader.h"
#include "zonegen/command_line.h"
#include "zonegen/generate.h"

namespace zonegen {
namespace {

using registry::Concat;

constexpr size_t kLongestReason = 500;  // characters

struct Options {
  registry::net::SettingsOptions settings;
  std::string database;
  std::string tld;
  std::string file;
  std::string compress;
  std::vector<std::string> max_shrink, max_growth;
  int connections = 0;  // as the settings say
  int keep = -1;        // likewise
  std::string force;
  bool forced = false;
};

// The registry's time: a sandbox's may be moved.
absl::StatusOr<absl::Time> RegistryNow(const std::string& database) {
  const auto directory = registry::store::ReadDirectory(database);
  if (!directory.ok()) return directory.status();
  registry::SystemClock clock;
  clock.SetOffset((*directory)->settings.clock_offset);
  return clock.Now();
}

absl::Status TakeLimits(std::string_view option, const std::vector<std::string>& texts,
                        int most_percent, std::array<ChangeLimit, kCountedNames.size()>& limits) {
  for (const std::string& text : texts) {
    const absl::Status status = TakeLimit(text, most_percent, limits);
    if (status.ok()) continue;
    return absl::InvalidArgumentError(Concat(option, ": ", std::string(status.message())));
  }
  return absl::OkStatus();
}

// The name says what is in the file.
absl::Status NameFile(const Options& options, ZoneOrder& order) {
  order.file = options.file;
  const Compression named = CompressionNamedBy(order.file);
  if (!options.compress.empty()) order.compression = *ParseCompression(options.compress);
  if (named == order.compression) return absl::OkStatus();
  if (named != Compression::kNone) {
    return absl::InvalidArgumentError(
        Concat("--out: ", order.file, " is a name for another --compress than is asked for"));
  }
  order.file += SuffixOf(order.compression);
  return absl::OkStatus();
}

absl::Status TakeForce(const Options& options, ZoneOrder& order) {
  if (!options.forced) return absl::OkStatus();
  const auto length = registry::PrintableLength(options.force);
  if (!length || registry::Trim(options.force).empty() || *length > kLongestReason) {
    return absl::InvalidArgumentError(
        Concat("--force: the reason is a text of 1 to ", kLongestReason, " characters"));
  }
  order.force = std::string(registry::Trim(options.force));
  return absl::OkStatus();
}

absl::StatusOr<ZoneOrder> MakeOrder(const Config& config, const Options& options) {
  ZoneOrder order;
  order.database = config.database;
  order.tld = options.tld;
  order.connections = options.connections > 0 ? options.connections : config.connections;
  order.limits = config.limits;
  order.keep = options.keep < 0 ? config.keep_zones : options.keep;
  absl::Status status = TakeLimits("--max-shrink", options.max_shrink, 100, order.limits.shrink);
  if (status.ok()) {
    status = TakeLimits("--max-growth", options.max_growth, ChangeLimits::kMostPercent,
                        order.limits.growth);
  }
  if (status.ok()) status = NameFile(options, order);
  if (status.ok()) status = TakeForce(options, order);
  if (!status.ok()) return status;
  return order;
}

// A bar on a terminal, nothing elsewhere, where it would look like an error.
class Bar {
 public:
  ~Bar() {
    if (progress_) std::fputs(progress_->End().c_str(), stderr);
  }

  void Show(int64_t pages, int64_t all, std::string_view activity) {
    if (!progress_) progress_.emplace(std::max<int64_t>(1, all), "pages", /*terminal=*/true);
    std::fputs(progress_->Show(pages, activity, absl::Now() - begun_).c_str(), stderr);
  }

 private:
  const absl::Time begun_ = absl::Now();
  std::optional<registry::Progress> progress_;
};

absl::StatusOr<GeneratedZone> Generate(ZoneOrder& order, absl::Time now) {
  Bar bar;
  if (isatty(STDERR_FILENO) != 0) {
    order.progress = [&bar](int64_t pages, int64_t all, std::string_view what) {
      bar.Show(pages, all, what);
    };
  }
  return GenerateZone(order, now);
}

int Run(Options options) {
  if (!options.database.empty()) {
    options.settings.overrides.push_back("database=" + options.database);
  }
  const auto config = ReadConfig(options.settings);
  if (!config.ok()) return Complain(config.status(), kUsage);
  auto order = MakeOrder(*config, options);
  if (!order.ok()) return Complain(order.status(), kUsage);
  const auto now = RegistryNow(order->database);
  if (!now.ok()) return Complain(now.status(), kBroken);
  const auto zone = Generate(*order, *now);
  if (!zone.ok()) return Complain(zone.status(), CodeOf(zone.status()));
  std::printf("%s: %s, serial %u, %lld delegations, %lld bytes, %lld ms\n", order->file.c_str(),
              zone->written ? "written" : "is current", zone->serial,
              static_cast<long long>(zone->counts.delegations()),
              static_cast<long long>(zone->bytes),
              static_cast<long long>(absl::ToInt64Milliseconds(zone->took)));
  return 0;
}

}  // namespace

void AddFullCommand(CLI::App& app, int* result) {
  auto options = std::make_shared<Options>();
  CLI::App* full = app.add_subcommand("full", "Writes one whole zone and ends");
  registry::net::AddSettingsOptions(*full, &options->settings);
  full->add_option("--database", options->database,
                   "PostgreSQL connection string, instead of a settings file")
      ->type_name("CONNINFO");
  full->add_option("--tld", options->tld, "Which zone")->required();
  full->add_option("--out", options->file, "The file that is replaced")
      ->type_name("FILE")
      ->required();
  full->add_option("--compress", options->compress, "The file then ends in .gz or .zst")
      ->check(CLI::IsMember({"gzip", "zstd"}));
  full->add_option("--max-shrink", options->max_shrink,
                   "Refuse a zone that has fewer than the last one by more than both, such as "
                   "\"ds 10% 100\"; of delegations, ns, ds, a, aaaa, static, or all; may repeat")
      ->type_name("LIMIT")
      ->allow_extra_args(false);
  full->add_option("--max-growth", options->max_growth, "Likewise for one that has more")
      ->type_name("LIMIT")
      ->allow_extra_args(false);
  full->add_option("--connections", options->connections,
                   "How many connections to the database read at once")
      ->check(CLI::Range(1, registry::store::kMostZoneConnections));
  full->add_option("--keep", options->keep, "So many earlier zones stay, as FILE.SERIAL")
      ->check(CLI::Range(0, 1000));
  full->add_option("--force", options->force,
                   "Whatever the checks say and whatever stands in the file now; the reason is "
                   "logged and stands in the manifest")
      ->type_name("REASON")
      ->each([options = options.get()](const std::string&) { options->forced = true; });
  full->callback([options, result] { *result = Run(*options); });
}

}  // namespace zonegen
