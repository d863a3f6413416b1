#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// A resource record that the operator puts into the zone of a TLD, as one line of a master file
// (RFC 1035 section 5.1). Stricter than name servers are: one line that BIND refuses keeps every
// later change of the zone from the public, so only what is known to load passes here. The types
// are A, AAAA, CAA, CNAME, DS, MX, NS, SRV and TXT; keys, signatures and the SOA are made
// elsewhere.
namespace registry {

struct StaticRecord {
  std::string owner;   // absolute, lower case, no final dot
  std::string type;    // upper case
  std::string target;  // of CNAME, MX, NS and SRV: as `owner`; empty for the root
};

// `OWNER [TTL] [IN] TYPE DATA`, the owner relative to the zone of `tld`, `@` for its apex, or
// absolute with a final dot. The error is a sentence without the record.
absl::StatusOr<StaticRecord> ParseStaticRecord(std::string_view line, std::string_view tld);

// What the record at `record` (counted from 0) cannot stand beside.
struct StaticRecordConflict {
  size_t record = 0;
  std::string what;
};
// The first record that a name server would refuse for what stands, or does not stand, beside it: a
// CNAME that is not alone, a DS without NS, a mail or service host in the zone without an address.
std::optional<StaticRecordConflict> FindConflict(const std::vector<StaticRecord>& records,
                                                 std::string_view tld);

}  // namespace registry
