#include "bench/load/series.h"

#include "absl/strings/str_format.h"

namespace bench {

absl::Status Series::Open(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  file_.open(path);
  return file_ ? absl::OkStatus() : absl::NotFoundError(path + ": cannot be written");
}

void Series::Advance(Instant now) {
  for (; next_ <= now; next_ += std::chrono::seconds(1)) {
    if (file_.is_open()) {
      file_ << absl::StrFormat(
                   "{\"second\": %d, \"answers\": %d, \"p50_ms\": %.3f, \"p99_ms\": %.3f, "
                   "\"max_ms\": %.3f}",
                   second_, latencies_.count(),
                   static_cast<double>(latencies_.Percentile(0.5)) / 1000.0,
                   static_cast<double>(latencies_.Percentile(0.99)) / 1000.0,
                   static_cast<double>(latencies_.max()) / 1000.0)
            << std::endl;  // whoever follows a long run reads along
    }
    ++second_;
    latencies_.Clear();
  }
}

}  // namespace bench
