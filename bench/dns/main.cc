// dns-load: sends DNS updates to a name server, writes changes for it to a registry, or takes a
// zone from it, and prints what it took.
#include <CLI/CLI.hpp>
#include <iostream>

#include "absl/strings/str_format.h"
#include "bench/dns/feed_load.h"
#include "bench/dns/update_load.h"
#include "bench/load/instant.h"
#include "zonegen/primary.h"

namespace {

using bench::FeedOptions;
using bench::UpdateOptions;

// A whole transfer whose records are taken apart and forgotten.
absl::StatusOr<std::string> Transfer(const UpdateOptions& options) {
  auto key = zonegen::TsigKey::ReadFile(options.key);
  if (!key.ok()) return key.status();
  const auto endpoint = registry::net::ParseEndpoint(options.server);
  if (!endpoint.ok()) return endpoint.status();
  zonegen::Primary primary({"server", *endpoint, *key}, options.tld, absl::Seconds(60));
  const bench::Instant began = bench::Clock::now();
  int64_t records = 0;
  const absl::Status status = primary.Transfer([&](const zonegen::DnsReply::Record&) {
    ++records;
    return absl::OkStatus();
  });
  if (!status.ok()) return status;
  return absl::StrFormat("{\"records\": %d, \"elapsed_ms\": %.1f}", records,
                         bench::Milliseconds(bench::Clock::now() - began));
}

void AddOptions(CLI::App& app, UpdateOptions& options) {
  app.add_option("--server", options.server, "ADDRESS:PORT")->required();
  app.add_option("--key", options.key, "File of the TSIG key, as tsig-keygen writes it")
      ->required();
  app.add_option("--tld", options.tld, "The zone")->capture_default_str();
}

// What both kinds of load have.
template <class Options>
void AddLoad(CLI::App& app, Options& options) {
  app.add_option("--hosts", options.hosts, "Name servers of the names, three or more, with commas")
      ->delimiter(',')
      ->required();
  app.add_option("--names", options.names, "Names that there are at a time")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Measured")
      ->check(CLI::Range(1, 7200))
      ->capture_default_str();
  app.add_option("--warm-up", options.warm_up_seconds, "Seconds before that")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  app.add_option("--watch", options.watch,
                 "Name servers that are asked until they show a change, NAME=ADDRESS:PORT")
      ->delimiter(',');
  app.add_option("--watch-share", options.watch_share, "Share of the changes that are watched")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

void AddUpdateOptions(CLI::App& app, UpdateOptions& options) {
  app.add_option("--names-per-update", options.names_per_update, "Changes in each message")
      ->check(CLI::Range(1, 400))
      ->capture_default_str();
  app.add_option("--outstanding", options.outstanding, "Updates sent before the first is answered")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--rate", options.rate, "Updates a second; 0: when there is an answer")
      ->check(CLI::Range(0.0, 1e6));
}

void AddFeedOptions(CLI::App& app, FeedOptions& options) {
  app.add_option("--database", options.database,
                 "libpq connection string; of a registry that is for nothing else")
      ->required();
  app.add_option("--tld", options.tld, "The zone")->capture_default_str();
  app.add_option("--rate", options.rate, "Changes a second")
      ->check(CLI::Range(1.0, 1e6))
      ->capture_default_str();
  app.add_option("--group", options.group, "At most so many changes in a transaction")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
}

absl::StatusOr<std::string> Run(const CLI::App& app, const UpdateOptions& updates,
                                const FeedOptions& feed) {
  if (app.got_subcommand("transfer")) return Transfer(updates);
  if (app.got_subcommand("feed")) return bench::LoadFeed(feed);
  return bench::LoadUpdates(updates);
}

}  // namespace

int main(int argc, char** argv) {
  UpdateOptions options;
  FeedOptions feed_options;
  CLI::App app("Measures a name server's updates and transfers; prints one line of JSON.",
               "dns-load");
  app.require_subcommand(1);
  CLI::App* updates = app.add_subcommand(
      "updates", "Sends DNS updates of made-up delegations over one TCP connection");
  CLI::App* feed = app.add_subcommand(
      "feed",
      "Writes made-up delegations and their entries of the change feed, as the registry would");
  CLI::App* transfer = app.add_subcommand("transfer", "Takes a zone by AXFR");
  AddOptions(*updates, options);
  AddLoad(*updates, options);
  AddUpdateOptions(*updates, options);
  AddFeedOptions(*feed, feed_options);
  AddLoad(*feed, feed_options);
  AddOptions(*transfer, options);
  CLI11_PARSE(app, argc, argv);
  const auto report = Run(app, options, feed_options);
  if (!report.ok()) {
    std::cerr << "dns-load: " << report.status().message() << "\n";
    return 1;
  }
  std::cout << *report << std::endl;
  return 0;
}
