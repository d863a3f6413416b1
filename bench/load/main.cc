// epp-load: EPP over TLS from many sessions. Prints one line of JSON. One thread and as little work
// as possible for each answer, so that little CPU is taken from the server on the same machine.
#include <csignal>
#include <iostream>

#include "bench/load/options.h"
#include "bench/load/run.h"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  int exit_code = 0;
  const std::optional<bench::Options> options = bench::ReadOptions(argc, argv, &exit_code);
  if (!options.has_value()) return exit_code;
  const absl::StatusOr<std::string> report = bench::Run(*options);
  if (!report.ok()) {
    std::cerr << "epp-load: " << report.status().message() << "\n";
    return 1;
  }
  std::cout << *report << std::endl;
  return 0;
}
