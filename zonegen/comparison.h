#pragma once

#include <cstdint>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "zonegen/primary.h"

namespace zonegen {

struct ComparisonOrder {
  std::string database;  // libpq connection string
  PrimaryServer server;
  std::string tld;
  std::string file;             // for the zone as it should be, which is put there meanwhile
  std::set<std::string> fixed;  // names that the policy has records for, in wire form
  absl::Duration timeout;
  int64_t max_differences = 0;  // names that are kept
};

struct ComparisonResult {
  std::vector<std::string> owners;  // names that differ, in canonical order; not all if too many
  int64_t different = 0;            // how many do
  int64_t compared = 0;             // names
  uint64_t barrier = 0;  // what it saw of the registry was written by earlier transactions
  absl::Duration took;
};

// Compares the zone that the registry makes at `now` (GenerateZone) with the one that the primary
// serves (AXFR). Differences may only be on their way: what the feed tells up to the barrier, and
// what was sent meanwhile. Memory: one name of each, and the names that differ.
absl::StatusOr<ComparisonResult> CompareZone(const ComparisonOrder& order, absl::Time now,
                                             std::stop_token stop);

}  // namespace zonegen
