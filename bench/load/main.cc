// epp-load: EPP over TLS from many sessions in a closed loop: each sends its next command when the
// last one is answered. Prints one line of JSON. One thread, so that little CPU is taken from the
// server on the same machine.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <iostream>

#include "CLI/CLI.hpp"
#include "bench/load/session.h"

namespace {

int Run(const bench::Options& options) {
  namespace asio = boost::asio;
  asio::io_context io(1);
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.load_verify_file(options.ca);
  tls.set_verify_mode(asio::ssl::verify_peer);
  tls.use_certificate_chain_file(options.certificate);
  tls.use_private_key_file(options.key, asio::ssl::context::pem);

  bench::Workload workload(options);
  bench::Window window;
  bench::Tally tally;
  for (int i = 0; i < options.sessions; ++i) {
    asio::co_spawn(io, bench::RunSession(options, tls, workload, window, tally), asio::detached);
  }
  io.run();
  std::cout << tally.ToJson(options.command, options.sessions, options.seconds) << "\n";
  return tally.answers() > 0 && tally.broken == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  bench::Options options;
  CLI::App app("Loads an EPP server from many sessions and prints throughput and latencies.",
               "epp-load");
  app.add_option("--host", options.host, "Server")->capture_default_str();
  app.add_option("--port", options.port, "Port")->capture_default_str();
  app.add_option("--ca", options.ca, "PEM file that the server's certificate is verified by")
      ->required();
  app.add_option("--cert", options.certificate, "Client certificate, PEM")->required();
  app.add_option("--key", options.key, "Its key, PEM")->required();
  app.add_option("--user", options.user, "clID")->required();
  app.add_option("--password", options.password, "pw")->required();
  app.add_option("--tld", options.tld, "TLD of the names")->capture_default_str();
  app.add_option("--command", options.command, "What is measured")
      ->check(CLI::IsMember({"create", "renew", "check", "info"}))
      ->capture_default_str();
  app.add_option("--registrant", options.registrant, "An existing contact of the registrar")
      ->required();
  app.add_option("--name-servers", options.name_servers, "Existing hosts, comma-separated");
  app.add_option("--prefix", options.prefix, "Of the names made")->capture_default_str();
  app.add_option("--sessions", options.sessions, "Sessions")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "Measured time")
      ->check(CLI::Range(1, 3600))
      ->capture_default_str();
  app.add_option("--names", options.names, "Names prepared for renew, check and info")
      ->check(CLI::Range(1, 10000000))
      ->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return Run(options);
  } catch (const std::exception& error) {
    std::cerr << "epp-load: " << error.what() << "\n";
    return 1;
  }
}
