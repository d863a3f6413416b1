// lookup-load: looks names up over RDAP or WHOIS from many connections, and prints what it took.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "bench/lookup/asker.h"

namespace {

using bench::AskerResult;
using bench::AskerSettings;
using bench::Protocol;

struct Options {
  std::string protocol = "rdap", host = "127.0.0.1", names;
  uint16_t port = 0;
  int threads = 2, connections = 64;
  double rate = 0, seconds = 5, warm_up = 1;
};

std::vector<std::string> ReadNames(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> names;
  for (std::string line; std::getline(file, line);) names.push_back(line);
  return names;
}

std::chrono::nanoseconds Seconds(double seconds) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
      std::chrono::duration<double>(seconds));
}

void Print(const Options& options, const std::vector<AskerResult>& results) {
  bench::Histogram all;
  AskerResult sum;
  for (const AskerResult& one : results) {
    all.Add(one.microseconds);
    sum.answers += one.answers;
    sum.found += one.found;
    sum.not_found += one.not_found;
    sum.failures += one.failures;
    sum.bytes += one.bytes;
  }
  std::printf(
      "{\"answers\": %lld, \"per_second\": %.1f, \"found\": %lld, \"not_found\": %lld, "
      "\"failures\": "
      "%lld, \"bytes\": %lld, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f}\n",
      static_cast<long long>(sum.answers), static_cast<double>(sum.answers) / options.seconds,
      static_cast<long long>(sum.found), static_cast<long long>(sum.not_found),
      static_cast<long long>(sum.failures), static_cast<long long>(sum.bytes),
      static_cast<double>(all.Percentile(0.5)) / 1000,
      static_cast<double>(all.Percentile(0.99)) / 1000, static_cast<double>(all.max()) / 1000);
}

int Run(const Options& options) {
  const std::vector<std::string> names = ReadNames(options.names);
  if (names.empty()) {
    std::fprintf(stderr, "lookup-load: no names in %s\n", options.names.c_str());
    return 1;
  }
  const auto now = std::chrono::steady_clock::now();
  AskerSettings settings;
  settings.protocol = options.protocol == "whois"  ? Protocol::kWhois
                      : options.protocol == "http" ? Protocol::kHttp
                                                   : Protocol::kRdap;
  settings.host = options.host;
  settings.port = options.port;
  settings.connections = std::max(1, options.connections / options.threads);
  settings.rate = options.rate / options.threads;
  settings.measure_from = now + Seconds(options.warm_up);
  settings.until = settings.measure_from + Seconds(options.seconds);

  std::vector<AskerResult> results(static_cast<size_t>(options.threads));
  std::vector<std::thread> threads;
  for (size_t i = 0; i < results.size(); ++i) {
    AskerSettings own = settings;
    own.first_name = names.size() * i / results.size();
    threads.emplace_back([own, &names, out = &results[i]] { *out = bench::Ask(own, names); });
  }
  for (std::thread& thread : threads) thread.join();
  Print(options, results);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app{"Looks names up over RDAP or WHOIS and prints one line of JSON."};
  app.add_option("--protocol", options.protocol,
                 "rdap: HTTP/1.1 on connections that stay; http, whois: a connection for each")
      ->check(CLI::IsMember({"rdap", "http", "whois"}));
  app.add_option("--host", options.host, "IPv4 address");
  app.add_option("--port", options.port, "")->required();
  app.add_option("--names", options.names, "file with a name a line, asked in this order")
      ->required();
  app.add_option("--threads", options.threads, "")->check(CLI::Range(1, 64));
  app.add_option("--connections", options.connections, "at once, of all threads")
      ->check(CLI::Range(1, 100000));
  app.add_option("--rate", options.rate, "queries a second of all threads; 0: as fast as answered");
  app.add_option("--seconds", options.seconds, "measured")->check(CLI::Range(0.1, 3600.0));
  app.add_option("--warm-up", options.warm_up, "seconds before that")
      ->check(CLI::Range(0.0, 600.0));
  CLI11_PARSE(app, argc, argv);
  return Run(options);
}
