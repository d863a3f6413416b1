#pragma once

#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "bench/load/histogram.h"
#include "bench/load/instant.h"

namespace bench {

// A file with one line of JSON for each second, written when it is over.
class Series {
 public:
  // An empty path: nothing is written.
  absl::Status Open(const std::string& path);

  void Begin(Instant from) { next_ = from + std::chrono::seconds(1); }
  // Before the answers received at `now` are added: writes the seconds that are over.
  void Advance(Instant now);
  void Add(uint64_t microseconds) { latencies_.Add(microseconds); }

 private:
  std::ofstream file_;
  Instant next_ = Instant::max();
  int second_ = 0;
  Histogram latencies_;
};

}  // namespace bench
