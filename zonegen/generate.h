#pragma once

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/keys.h"
#include "zonegen/change_limits.h"
#include "zonegen/compression.h"
#include "zonegen/zone_counts.h"

namespace zonegen {

struct ZoneOrder {
  std::string database;  // libpq connection string
  std::string tld;
  std::string file;
  Compression compression = Compression::kNone;
  ChangeLimits limits;
  int keep = 3;         // so many zones before this one, 0 to kMostKeptZones
  std::string force;    // why, whatever the checks say and whatever stands in `file` now; empty: no
  int connections = 2;  // to the database, 1 to kMostZoneConnections; as many threads
  // Hears now and then how many of all pages of the tables were read, and at last what else is done
  // ("checking"). By one thread at a time.
  std::function<void(int64_t done, int64_t all, std::string_view activity)> progress;
};

struct GeneratedZone {
  bool written = false;  // otherwise `file` had this content already and keeps its serial
  uint32_t serial = 0;
  ZoneCounts counts;
  int64_t bytes = 0;  // of the file
  absl::Duration took;
  absl::flat_hash_set<registry::HostKey> hosts;  // whose change would change the zone
  absl::Time next_event;                         // when the clock next changes it
  std::string domains_of;  // the TLD that its domains are kept under: of a bundle the primary
};

// Makes the zone as it is at `now` from a consistent snapshot, reads back what was written and
// judges it (zone_check.h, change_limits.h), and puts it in the place of `file`, durably, with its
// manifest beside it. What was there is kept (kept_zones.h). A failure leaves what was there.
// kNotFound: no such TLD. kFailedPrecondition: the policy has no apex, a check failed, or `file` is
// none of ours. kAborted: another process is at it. kCancelled: `stop`. Anything else: the database
// or the disk.
absl::StatusOr<GeneratedZone> GenerateZone(const ZoneOrder& order, absl::Time now,
                                           std::stop_token stop = {});

}  // namespace zonegen
