// tls-echo: the limit of any EPP server's front end on this machine. TLS 1.3, data units, and
// nothing behind them: every unit is answered with the same response.
#include <sys/signalfd.h>

#include <csignal>
#include <iostream>
#include <thread>
#include <vector>

#include "CLI/CLI.hpp"
#include "bench/echo/echo_answer.h"
#include "bench/echo/server.h"
#include "bench/load/open_files.h"
#include "bench/load/tls_context.h"

namespace {

struct Options {
  uint16_t port = 0;
  std::string certificate, key;
  int threads = 2;
  size_t answer_bytes = 600;
};

void AddOptions(CLI::App& app, Options& options) {
  app.add_option("--listen-port", options.port, "Port, on all addresses")->required();
  app.add_option("--cert", options.certificate, "Certificate chain, PEM")->required();
  app.add_option("--key", options.key, "Its key, PEM")->required();
  app.add_option("--threads", options.threads, "Threads")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  app.add_option("--answer-bytes", options.answer_bytes, "Octets of each answer's XML")
      ->check(CLI::Range(0, 1000000))
      ->capture_default_str();
}

// Can be read as soon as the program is asked to end, in all threads that begin after this.
int StopDescriptor() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

absl::Status Serve(const Options& options) {
  // The clients' certificates are not asked for: a little less work than a real server has.
  absl::StatusOr<bench::TlsContext> context =
      bench::MakeTlsContext(TLS_server_method(), options.certificate, options.key);
  if (!context.ok()) return context.status();
  const std::string answer = bench::EchoAnswer(options.answer_bytes);
  const int stop = StopDescriptor();
  std::vector<std::unique_ptr<bench::EchoServer>> servers;
  for (int i = 0; i < options.threads; ++i) {
    auto server = bench::EchoServer::Listen(options.port, context->get(), answer, stop);
    if (!server.ok()) return server.status();
    servers.push_back(*std::move(server));
  }
  std::vector<std::jthread> threads;
  for (auto& server : servers) threads.emplace_back([&server] { server->Run(); });
  return absl::OkStatus();
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("Answers every EPP data unit with the same response.", "tls-echo");
  AddOptions(app, options);
  CLI11_PARSE(app, argc, argv);
  std::signal(SIGPIPE, SIG_IGN);
  bench::AllowManyFiles();
  const absl::Status status = Serve(options);
  if (status.ok()) return 0;
  std::cerr << "tls-echo: " << status.message() << "\n";
  return 1;
}
