#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace zonegen {

// What the zone file that is in use now holds.
struct PublishedZone {
  uint32_t serial = 0;
  int64_t delegations = 0;
  // Not so when the last run failed or was killed between the two.
  bool has_its_manifest = false;
};

// By the manifest where it belongs to the file, otherwise by reading the file. Nothing if there is
// no file. kFailedPrecondition if the file is not one that this program wrote for `tld`.
absl::StatusOr<std::optional<PublishedZone>> ReadPublishedZone(const std::string& file,
                                                               std::string_view tld);

// Whether the two zone files differ in nothing but the serial.
absl::StatusOr<bool> SameButSerial(const std::string& a, const std::string& b);

}  // namespace zonegen
