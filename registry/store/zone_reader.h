#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"
#include "registry/model/record_ttls.h"
#include "registry/types/keys.h"

// Reads what a zone is made of as fast as the database gives it: in no order, over several
// connections that see one moment.
namespace registry::store {

// What a host may contribute. Views are valid during the call, as of all rows here.
struct ZoneHostRow {
  HostKey key{};
  std::string_view name;
  std::span<const std::string_view> addresses;  // the octets of each: 4 or 16; sorted
  AddressTtls ttls;
};

// What a domain contributes whatever the time is: its row is ZonePart::kDelegation
// (rules/delegation.h).
struct ZoneDomainRow {
  std::string_view label;                 // below the zone's TLD, whichever its own TLD is
  std::span<const HostKey> name_servers;  // may be none
  std::span<const std::string_view> ds;   // DsRecord::StoredText of each; sorted
  DelegationTtls ttls;
};

// Takes what is read: all hosts first, then the domains, each once. The first status that is not ok
// ends the scan.
class ZoneSink {
 public:
  virtual ~ZoneSink() = default;
  // By several threads at once, each with its own number `reader`, from 0.
  virtual absl::Status Take(int reader, const ZoneHostRow& host) = 0;
  virtual absl::Status Take(int reader, const ZoneDomainRow& domain) = 0;
  // Between the two, by one thread alone.
  virtual absl::Status HostsAreComplete() = 0;
  // At last, by one thread alone, the domains of which the row says too little
  // (ZonePart::kDependsOnTheTime): as stored, under their names in the zone's TLD, without authInfo
  // and contacts.
  virtual absl::Status Take(const Domain& row, const Directory& directory) = 0;
};

struct ZoneScan {
  std::string database;  // libpq connection string
  std::string tld;
  int connections = 2;  // at most, 1 to kMostZoneConnections; small tables are read over one
  std::stop_token stop;
  // Pages of tables read so far, of how many. By one thread at a time.
  std::function<void(int64_t done, int64_t all)> progress;
  int64_t pages_at_once = 0;  // that a connection reads in one statement; 0: as seems best
};
inline constexpr int kMostZoneConnections = 16;

// kInvalidArgument: not a TLD. kCancelled: asked to stop. Anything else: the database's or the
// sink's.
absl::Status ScanZone(const ZoneScan& scan, ZoneSink& sink);

}  // namespace registry::store
