#include "bench/load/options.h"

#include "CLI/CLI.hpp"

namespace bench {
namespace {

void AddServer(CLI::App& app, Options& options) {
  app.add_option("--host", options.host, "Server")->capture_default_str();
  app.add_option("--port", options.port, "Port")->capture_default_str();
  app.add_option("--ca", options.ca, "PEM file that the server's certificate is verified by")
      ->required();
  app.add_option("--cert", options.certificate, "Client certificate, PEM")->required();
  app.add_option("--key", options.key, "Its key, PEM")->required();
  app.add_option("--user", options.users, "clID; several, separated by commas, share the sessions")
      ->delimiter(',')
      ->required();
  app.add_option("--password", options.password, "pw of all users")->required();
}

void AddLoad(CLI::App& app, Options& options) {
  app.add_option(
         "--command", options.command,
         "What is measured. storm: all sessions create the same names at one instant, each in "
         "an order of its own; idle: they log in and do nothing; delegations: names with name "
         "servers come, change and go, --names of them at a time")
      ->check(CLI::IsMember(
          {"create", "renew", "check", "info", "hello", "mix", "storm", "idle", "delegations"}))
      ->capture_default_str();
  app.add_option("--mix", options.mix, "Parts of each command, for --command mix")
      ->capture_default_str();
  app.add_option("--sessions", options.sessions, "Sessions")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Measured time")
      ->check(CLI::Range(1, 7200))
      ->capture_default_str();
  app.add_option("--warm-up", options.warm_up_seconds, "Seconds before that, not counted")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  app.add_option(
         "--rate", options.rate,
         "Commands a second on a fixed schedule, whose instants latencies are counted from; "
         "0: each session sends when it has its answer")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--pipeline", options.pipeline, "Commands that a session may have outstanding")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_flag("--same-order", options.same_order,
               "All sessions of a storm go through the names in one order, not each in its own");
  app.add_flag("--survive", options.survive, "Reconnect what breaks, and count it");
  app.add_option("--record", options.record, "File for a line for each create: its code and name");
  app.add_option("--series", options.series, "File for one line of JSON a second");
}

void AddNames(CLI::App& app, Options& options) {
  app.add_option("--tld", options.tld, "TLD of the names")->capture_default_str();
  app.add_option("--registrant", options.registrant, "An existing contact")->required();
  app.add_option("--name-servers", options.name_servers, "Existing hosts, separated by commas")
      ->delimiter(',');
  app.add_option("--prefix", options.prefix, "Of the names made")->capture_default_str();
  app.add_option("--run", options.run,
                 "Part of the names made, so that several programs make the same ones; it differs "
                 "from run to run if it is not given");
  app.add_option("--names-prefix", options.names_prefix,
                 "Of names that exist: this, a number and the TLD. Without it they are made first");
  app.add_option("--first", options.first, "The first number of those")
      ->check(CLI::Range(0, 2000000000))
      ->capture_default_str();
  app.add_option("--names", options.names, "How many names there are, are made, or are fought for")
      ->check(CLI::Range(1, 100000000))
      ->capture_default_str();
  app.add_option("--expiry", options.expiry, "Expiry day of the names that exist, YYYY-MM-DD, UTC");
}

void AddWatch(CLI::App& app, Options& options) {
  app.add_option("--watch", options.watch,
                 "Name servers that are asked until they show what delegations has changed, "
                 "NAME=ADDRESS:PORT, separated by commas")
      ->delimiter(',');
  app.add_option("--watch-share", options.watch_share, "Share of the changes that are watched")
      ->check(CLI::Range(0.0, 1.0))
      ->capture_default_str();
}

// What no single option can tell; empty if all is well.
std::string Contradiction(const Options& options) {
  const bool renews = options.command == "renew" || options.command == "mix";
  if (renews && options.users.size() > 1) {
    return options.command + " changes names, which have one sponsor: name one --user";
  }
  if (renews && !options.names_prefix.empty() && options.expiry.size() != 10) {
    return options.command + " of names that exist needs their --expiry, YYYY-MM-DD";
  }
  if (options.command == "storm" && options.rate > 0) return "a storm has no --rate";
  return "";
}

}  // namespace

std::optional<Options> ReadOptions(int argc, char** argv, int* exit_code) {
  Options options;
  CLI::App app("Loads an EPP server from many sessions and prints throughput and latencies.",
               "epp-load");
  AddServer(app, options);
  AddLoad(app, options);
  AddNames(app, options);
  AddWatch(app, options);
  try {
    app.parse(argc, argv);
    const std::string contradiction = Contradiction(options);
    if (!contradiction.empty()) throw CLI::ValidationError(contradiction);
  } catch (const CLI::ParseError& error) {
    *exit_code = app.exit(error);
    return std::nullopt;
  }
  return options;
}

}  // namespace bench
