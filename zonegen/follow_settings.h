#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "registry/base/config.h"
#include "zonegen/primary.h"

namespace zonegen {

// The settings of `follow`, by the names that a settings file has.
struct FollowSettings {
  // `primary`, may repeat: NAME ADDRESS:PORT KEYFILE. The name is of letters, digits and hyphens
  // and part of the reader's name in the database.
  std::vector<PrimaryServer> primaries;
  int64_t batch = 500;               // follow_batch: entries of the feed at once, 1 to 10000
  int64_t message_bytes = 32 << 10;  // follow_message: no longer update, 1k to 60k
  int64_t window = 4;                // follow_window: updates on their way at a time, 1 to 16
  absl::Duration timeout = absl::Seconds(10);         // follow_timeout: of an answer, 100ms to 10m
  absl::Duration retry = absl::Minutes(1);            // follow_retry: of refused names, 1s to 1d
  absl::Duration compare_interval = absl::Hours(24);  // compare_interval: 10s to 30d
  int64_t max_differences = 1'000'000;  // max_differences: mended at once, 1 to 100,000,000

  void Take(registry::Config& settings);
};

}  // namespace zonegen
