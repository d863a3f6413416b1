#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "zonegen/dns_message.h"
#include "zonegen/dns_record.h"
#include "zonegen/primary.h"
#include "zonegen/zone_change.h"
#include "zonegen/zone_records.h"

namespace zonegen {

// What every update of a zone says beside its changes.
struct UpdateFrame {
  std::vector<DnsRecord>
      required;                // the TXT records at the apex, all of them; none: there are none
  std::vector<DnsRecord> txt;  // those that take their place
  uint32_t serial = 0;         // what the zone has afterwards
};

// The longest beginning of `updates`, at least one, that `max_bytes` have room for. How many is
// left in `taken`. kResourceExhausted: the first alone is too long for any message.
absl::StatusOr<DnsMessage> MakeUpdate(const ZoneRecords& zone, const UpdateFrame& frame,
                                      std::span<const OwnerUpdate> updates, size_t max_bytes,
                                      size_t* taken);

// What makes the apex what the policy says. The policy's other records come, too: a name server
// refuses an apex whose name servers it cannot find the addresses of.
absl::StatusOr<DnsMessage> MakeApexUpdate(const ZoneRecords& zone, const UpdateFrame& frame,
                                          const ApexState& served);

// The policy's TXT records at the apex and the version.
std::vector<DnsRecord> ApexTxt(const ZoneRecords& zone, const DnsRecord& version);

}  // namespace zonegen
