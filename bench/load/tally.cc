#include "bench/load/tally.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace bench {

uint32_t Tally::Percentile(double share) {
  if (microseconds.empty()) return 0;
  if (!std::is_sorted(microseconds.begin(), microseconds.end())) {
    std::sort(microseconds.begin(), microseconds.end());
  }
  const auto last = static_cast<double>(microseconds.size() - 1);
  return microseconds[static_cast<size_t>(last * share)];
}

std::string Tally::ToJson(const std::string& command, int sessions, double seconds) {
  std::string by_code;
  for (const auto& [code, count] : codes) {
    by_code += absl::StrFormat("%s\"%d\": %d", by_code.empty() ? "" : ", ", code, count);
  }
  return absl::StrFormat(
      "{\"command\": \"%s\", \"sessions\": %d, \"seconds\": %.3f, \"answers\": %d, "
      "\"per_second\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"codes\": {%s}, \"broken\": %d}",
      command, sessions, seconds, answers(), static_cast<double>(answers()) / seconds,
      Percentile(0.5) / 1000.0, Percentile(0.99) / 1000.0, by_code, broken);
}

}  // namespace bench
