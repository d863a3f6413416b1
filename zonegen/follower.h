#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/model/directory.h"
#include "registry/types/keys.h"
#include "zonegen/comparisons.h"
#include "zonegen/due_domains.h"
#include "zonegen/election.h"
#include "zonegen/feed_progress.h"
#include "zonegen/follow_metrics.h"
#include "zonegen/follow_settings.h"
#include "zonegen/primary.h"
#include "zonegen/zone_change.h"
#include "zonegen/zone_records.h"
#include "zonegen/zone_sender.h"

namespace zonegen {

struct FollowerOptions {
  std::string database;     // libpq connection string
  std::string feed_reader;  // the name of its position, which is also that of its lock
  std::string tld;
  std::string directory;  // for the zone that is made to be compared
  PrimaryServer server;
  FollowSettings settings;
};

// Keeps one zone on one primary as the registry is, change by change. Of several with the same
// feed_reader the one leads that holds a lock of PostgreSQL, on the connection that it reads the
// registry over; updates of one that has lost it are refused by what they require of the zone
// (zone_version.h). The next batch of the feed is read while the updates of the last are on their
// way (zone_sender.h); a position is given up only when its changes are in the zone. Not
// thread-safe.
class Follower {
 public:
  // `clock` (the registry's) and `metrics` outlive it.
  Follower(FollowerOptions options, const registry::Clock& clock, FollowMetrics& metrics);

  // Until it is asked to stop.
  void Run(const std::stop_token& stop);

 private:
  using Batch = FeedProgress::Batch;

  absl::Status Round();
  absl::Status Elect();
  absl::Status Attach();
  absl::Status LoadPolicy();
  absl::Status SetApex();
  void StepDown();
  void LetOthersTry();
  void Report(const absl::Status& status);

  absl::Status Follow();
  absl::StatusOr<bool> SendChanges(const Batch& batch, absl::Duration began, bool whole);
  std::vector<std::string> NoteAgain(ZoneChange& change);
  absl::Status PolicyChanged();
  absl::Status Apply(ZoneChange& change);
  absl::Status ApplyServed(registry::HostKey host);
  absl::Status TakeAnswers();
  absl::Status AwaitSent(size_t on_their_way);
  void NoteDone();
  absl::Status Consume(bool at_once);
  absl::Status Compare(const Batch& batch);
  std::string NoteOf(const ZoneVersion& version) const;
  std::string KeptUnder() const;
  int Limit() const { return static_cast<int>(options_.settings.batch); }

  const FollowerOptions options_;
  const registry::Clock& clock_;
  FollowMetrics& metrics_;
  Comparisons comparisons_;
  ZoneSender sender_;
  Election election_;
  FeedProgress progress_;
  DueDomains due_;
  std::stop_token stop_;

  bool leads_ = false;
  std::shared_ptr<const registry::Directory> directory_;
  std::optional<ZoneRecords> zone_;
  bool apex_wrong_ = false;
  std::vector<std::string> looks_;  // names that are in doubt, last first
  int failures_ = 0;                // in a row
  absl::Duration quiet_until_;      // by the monotonic clock
};

}  // namespace zonegen
