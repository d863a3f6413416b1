#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace zonegen {

// What stands beside each zone file, as FILE.manifest: lines `key = value` for whoever transports
// the zone or looks after it.
struct Manifest {
  std::string tld;
  uint32_t serial = 0;
  int64_t delegations = 0;  // names with NS records below the apex
  int64_t bytes = 0;
  std::string sha256;  // of the whole zone file, lower-case hexadecimal
};

std::string FormatManifest(const Manifest& manifest);
// `file` is for messages.
absl::StatusOr<Manifest> ParseManifest(const std::string& file, std::string_view text);

std::string ManifestPath(const std::string& zone_file);
// kNotFound if there is none.
absl::StatusOr<Manifest> ReadManifest(const std::string& zone_file);
absl::Status WriteManifest(const std::string& zone_file, const Manifest& manifest);

}  // namespace zonegen
