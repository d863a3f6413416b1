#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/keys.h"
#include "zonegen/shrink_limit.h"

namespace zonegen {

struct ZoneOrder {
  std::string database;  // libpq connection string
  std::string tld;
  std::string file;
  ShrinkLimit shrink;
  bool force = false;   // whatever stands in `file` now
  int connections = 2;  // to the database, 1 to kMostZoneConnections; as many threads
};

struct GeneratedZone {
  bool written = false;  // otherwise `file` had this content already and keeps its serial
  uint32_t serial = 0;
  int64_t delegations = 0;
  int64_t bytes = 0;
  absl::Duration took;
  absl::flat_hash_set<registry::HostKey> hosts;  // whose change would change the zone
  absl::Time next_event;                         // when the clock next changes it
  std::string domains_of;  // the TLD that its domains are kept under: of a bundle the primary
};

// Makes the zone as it is at `now` from a consistent snapshot and puts it in the place of `file`,
// durably, with its manifest beside it. A failure leaves what was there.
// kNotFound: no such TLD. kFailedPrecondition: the policy has no apex, the zone would shrink too
// much, or `file` is none of ours. kAborted: another process is at it. kCancelled: `stop`. Anything
// else: the database or the disk.
absl::StatusOr<GeneratedZone> GenerateZone(const ZoneOrder& order, absl::Time now,
                                           std::stop_token stop = {});

}  // namespace zonegen
