#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "bench/dns/delegation.h"
#include "bench/load/histogram.h"
#include "bench/load/instant.h"

namespace bench {

// Waits until name servers show what was changed, and takes the time. Asks each of them by UDP for
// each name that is open, at first every millisecond, later whenever its age has grown by a
// fiftieth: what is measured is too long by at most so much. In a thread of its own; thread-safe.
class ZoneWatch {
 public:
  static constexpr int kMostKinds = 4;

  struct Result {
    std::string server;
    std::array<Histogram, kMostKinds> kinds;  // microseconds
    int64_t given_up = 0;                     // not shown in half a minute; counted with that
  };

  // `servers`: NAME=ADDRESS:PORT each.
  static absl::StatusOr<std::unique_ptr<ZoneWatch>> Start(const std::vector<std::string>& servers);
  ~ZoneWatch();

  // Changes outside of [from, until) are waited for, not counted.
  void Count(Instant from, Instant until);
  // The change numbered `number` was made at `since`. `kind`: below kMostKinds.
  void Expect(Delegation wanted, int kind, uint32_t number, Instant since);
  // Numbers that all servers have shown, or that were given up.
  std::vector<uint32_t> TakeDone();
  // Waits for what is open, and ends.
  std::vector<Result> Finish();

 private:
  class Loop;
  explicit ZoneWatch(std::unique_ptr<Loop> loop);

  std::unique_ptr<Loop> loop_;
  std::thread thread_;
};

// {"NAME": {"answers": ..., "p50_ms": ..., "given_up": ..., "kinds": {...}}, ...}
std::string WatchedJson(const std::vector<ZoneWatch::Result>& results);

}  // namespace bench
