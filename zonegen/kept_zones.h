#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace zonegen {

inline constexpr int kMostKeptZones = 1000;

// The zone files before FILE are kept beside it as FILE.SERIAL, with FILE.SERIAL.manifest: other
// names of the files as they were, so that keeping costs no copy.

// Gives the zone in use, `serial`, and the manifest, if that is its own, their lasting names. Safe
// to repeat.
absl::Status KeepZone(const std::string& file, uint32_t serial, bool with_manifest);

// Removes all kept zones but the `keep` youngest before `serial`, which is in use now: by serial
// number arithmetic (RFC 1982).
absl::Status RemoveOldZones(const std::string& file, uint32_t serial, int keep);

}  // namespace zonegen
