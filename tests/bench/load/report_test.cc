#include "bench/load/report.h"

#include <gtest/gtest.h>

namespace bench {
namespace {

TEST(ReportTest, IsOneLineOfJson) {
  Options options;
  options.users = {"gold", "silver"};
  options.sessions = 2;
  const Instant from = Instant() + std::chrono::hours(1);
  Series series;
  Tally tally(from, from + std::chrono::seconds(1), 2, series);
  tally.OnAnswer(1, Kind::kCreate, 1000, from, from + std::chrono::milliseconds(20));
  const std::string report = ReportJson(options, tally, {1, 2, 3});
  EXPECT_TRUE(report.starts_with(
      "{\"command\": \"create\", \"sessions\": 2, \"seconds\": 1.000, \"rate\": 0, "
      "\"pipeline\": 1, \"answers\": 1, \"per_second\": 1.0, \"p50_ms\": 20.000, "
      "\"p90_ms\": 20.000, \"p99_ms\": 20.000, \"p999_ms\": 20.000, \"max_ms\": 20.000, "
      "\"longest_gap_ms\": 20.000, \"codes\": {\"1000\": 1}, \"broken\": 1, \"reconnects\": 2, "
      "\"wins\": {\"gold\": 0, \"silver\": 1}, \"elapsed_ms\": 1000.000, \"late\": 3, "
      "\"driver_cpu_us\": "))
      << report;
}

}  // namespace
}  // namespace bench
