#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace zonegen {

struct DiffOptions {
  bool ignore_serial = false;  // of the SOA
};

// How many records one of two zones has and the other has not.
struct DiffCount {
  int64_t added = 0;
  int64_t removed = 0;
  int64_t changed = 0;  // the same but for the TTL, and the SOA
  int64_t all() const { return added + removed + changed; }
};

struct ZoneDifference {
  std::map<std::string, DiffCount> by_type;
  DiffCount total;
  bool same() const { return total.all() == 0; }
};

// Compares two zone files (zone_reader.h says which) in one pass over both. `print` gets each
// difference as lines of a text: "- " and what is in the old file alone, "+ " and what is in the
// new one alone, and both for what changed. Memory: as of ZoneReader. Errors are about the files.
absl::StatusOr<ZoneDifference> DiffZones(const std::string& old_file, const std::string& new_file,
                                         const DiffOptions& options,
                                         const std::function<void(std::string_view)>& print);

// Numbers for a person: a line for each type that differs, and one for all.
std::string Summarize(const ZoneDifference& difference);

}  // namespace zonegen
