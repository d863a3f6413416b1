#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "zonegen/zone_counts.h"

namespace zonegen {

// What stands beside each zone file, as FILE.manifest: lines `key = value` for whoever transports
// the zone or looks after it.
struct Manifest {
  std::string tld;
  uint32_t serial = 0;
  absl::Time time;  // of the registry's that the zone shows, to the millisecond
  ZoneCounts counts;
  int64_t bytes = 0;   // of the file as it is delivered, compressed or not
  std::string sha256;  // of the same, lower-case hexadecimal
  std::string forced;  // why the checks were passed over; empty: they were not
};

std::string FormatManifest(const Manifest& manifest);
// `file` is for messages.
absl::StatusOr<Manifest> ParseManifest(const std::string& file, std::string_view text);

std::string ManifestPath(const std::string& zone_file);
// kNotFound if there is none.
absl::StatusOr<Manifest> ReadManifest(const std::string& zone_file);
absl::Status WriteManifest(const std::string& zone_file, const Manifest& manifest);

}  // namespace zonegen
