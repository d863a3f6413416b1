#include "bench/load/report.h"

#include "absl/strings/str_format.h"

namespace bench {
namespace {

std::string CodesJson(const Tally& tally) {
  std::string json;
  for (const auto& [code, count] : tally.codes()) {
    json += absl::StrFormat("%s\"%d\": %d", json.empty() ? "" : ", ", code, count);
  }
  return json;
}

std::string WinsJson(const Options& options, const Tally& tally) {
  std::string json;
  for (size_t user = 0; user < options.users.size(); ++user) {
    json += absl::StrFormat("%s\"%s\": %d", json.empty() ? "" : ", ", options.users[user],
                            tally.wins()[user]);
  }
  return json;
}

std::string LatenciesJson(const Histogram& latencies) {
  const auto milliseconds = [&](double share) {
    return static_cast<double>(latencies.Percentile(share)) / 1000.0;
  };
  return absl::StrFormat(
      "\"p50_ms\": %.3f, \"p90_ms\": %.3f, \"p99_ms\": %.3f, \"p999_ms\": %.3f, \"max_ms\": %.3f",
      milliseconds(0.5), milliseconds(0.9), milliseconds(0.99), milliseconds(0.999),
      static_cast<double>(latencies.max()) / 1000.0);
}

double Share(double whole, int64_t parts) {
  return parts == 0 ? 0 : whole / static_cast<double>(parts);
}

}  // namespace

std::string ReportJson(const Options& options, const Tally& tally, const Connections& connections) {
  const double seconds = tally.seconds();
  const double per_second = seconds > 0 ? static_cast<double>(tally.answers()) / seconds : 0;
  return absl::StrFormat(
             "{\"command\": \"%s\", \"sessions\": %d, \"seconds\": %.3f, \"rate\": %g, "
             "\"pipeline\": %d, \"answers\": %d, \"per_second\": %.1f, ",
             options.command, options.sessions, seconds, options.rate, options.pipeline,
             tally.answers(), per_second) +
         LatenciesJson(tally.latencies()) +
         absl::StrFormat(
             ", \"longest_gap_ms\": %.3f, \"codes\": {%s}, \"broken\": %d, \"reconnects\": %d, "
             "\"wins\": {%s}, \"elapsed_ms\": %.3f, \"late\": %d, \"driver_cpu_us\": %.2f}",
             Milliseconds(tally.longest_gap()), CodesJson(tally), connections.broken,
             connections.reconnects, WinsJson(options, tally), seconds * 1000, connections.late,
             Share(tally.cpu_us(), tally.answers()));
}

}  // namespace bench
