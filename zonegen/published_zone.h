#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "zonegen/zone_counts.h"

namespace zonegen {

// What the zone file that is in use now holds.
struct PublishedZone {
  uint32_t serial = 0;
  ZoneCounts counts;
  // Not so when the last run failed or was killed between the two.
  bool has_its_manifest = false;
};

// By the manifest where it belongs to the file, otherwise by reading the file, of which `own_lines`
// (ZoneExpectation) are counted as the zone's own. Nothing if there is no file.
// kFailedPrecondition if the file is not one that this program wrote for `tld`, or is damaged.
absl::StatusOr<std::optional<PublishedZone>> ReadPublishedZone(const std::string& file,
                                                               const std::string& tld,
                                                               const std::string& own_lines);

// Whether the two zone files, compressed or not, differ in nothing but the serial.
absl::StatusOr<bool> SameButSerial(const std::string& a, const std::string& b);

}  // namespace zonegen
