#pragma once

#include <map>
#include <memory>
#include <stop_token>
#include <string>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/model/directory.h"
#include "registry/store/feed_reader.h"
#include "zonegen/config.h"
#include "zonegen/generate.h"
#include "zonegen/watch_metrics.h"

namespace zonegen {

// Keeps the zone files as the registry is. Each round makes again those zones that a change may
// have touched since the last one; a zone that comes out the same is left alone. What failed is
// tried again, and logged when it begins to fail and once a minute. Not thread-safe.
class Watch {
 public:
  // Both references outlive this object. `clock` is the registry's.
  Watch(Config config, const registry::Clock& clock, WatchMetrics& metrics);

  // Between two zones a requested stop ends it; a zone that is being made is given up.
  void Round(const std::stop_token& stop = {});
  // The next round makes all zones and reloads them, whether or not something changed.
  void Refresh();

 private:
  struct Zone {
    bool dirty = true;
    // The name server has not been told about the newest file. True at first: the process that
    // wrote the file may have ended before it told.
    bool reload = true;
    absl::flat_hash_set<registry::HostKey> hosts;
    absl::Time next_event = absl::InfiniteFuture();
    std::string domains_of;  // as of GeneratedZone
    // By the monotonic clock of the process:
    absl::Duration not_before;   // after a refusal, which a person must look at
    absl::Duration quiet_until;  // what fails again is not logged before
  };

  void FollowFeed();
  absl::Status ReadFeed();
  absl::Status DrainFeed();
  void Note(const registry::store::FeedEntry& entry);
  void NoteTime();
  absl::Status LoadZones();
  void MarkAll();
  void Make(const std::string& tld, Zone& zone, const std::stop_token& stop);
  void ReportFailure(const std::string& tld, Zone& zone, const absl::Status& status);
  void Reload(const std::string& tld, Zone& zone);

  const Config config_;
  const registry::Clock& clock_;
  WatchMetrics& metrics_;
  registry::store::FeedReader feed_;
  bool attached_ = false;
  bool zones_known_ = false;
  absl::Duration feed_quiet_until_;  // by the monotonic clock, like the next
  absl::Duration next_sign_of_life_;
  absl::Time last_seen_ = absl::InfinitePast();  // by clock_
  std::map<std::string, Zone> zones_;            // by TLD
};

}  // namespace zonegen
