#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace zonegen {

struct ExportedZone {
  uint32_t serial = 0;
  int64_t records = 0;  // the SOA counted once
  int64_t bytes = 0;    // of the file
  std::string sha256;   // of the same
};

// Writes the zone file `zone` (zone_reader.h says which) for third parties, in the form of ICANN's
// Registry Agreement, specification 4 section 2.1.4, that the Centralized Zone Data Service gives
// out: compressed with gzip; a record a line, its five fields separated by one tab, names absolute
// and in lower case, class and type in lower case; no directives, comments and empty lines; the SOA
// at the beginning and at the end, all between in alphabetical order (by octets). `out` is replaced
// when the new file is whole. Sorting is left to sort (1), which uses the folder of `out` for what
// is beyond its memory. kInvalidArgument: the zone file is none; anything else: the disk.
absl::StatusOr<ExportedZone> ExportZone(const std::string& zone, const std::string& out);

}  // namespace zonegen
