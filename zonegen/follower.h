#pragma once

#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/model/directory.h"
#include "registry/store/connection.h"
#include "registry/store/delegation_reader.h"
#include "registry/store/feed_reader.h"
#include "zonegen/comparison.h"
#include "zonegen/follow_metrics.h"
#include "zonegen/follow_settings.h"
#include "zonegen/primary.h"
#include "zonegen/zone_change.h"
#include "zonegen/zone_records.h"
#include "zonegen/zone_version.h"

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
// (zone_version.h). A position is given up only when its changes are in the zone. Not thread-safe.
class Follower {
 public:
  // `clock` (the registry's) and `metrics` outlive it.
  Follower(FollowerOptions options, const registry::Clock& clock, FollowMetrics& metrics);
  ~Follower();

  // Until it is asked to stop.
  void Run(const std::stop_token& stop);

 private:
  struct Poison {
    absl::Duration again;  // by the monotonic clock
    int tries = 1;
  };

  absl::Status Round();
  absl::Status Elect();
  absl::StatusOr<bool> Lock();
  absl::Status SetApex();
  absl::Status LoadPolicy();
  std::string Note() const;
  absl::Status Follow();
  absl::Status Attach();
  void NoteEntries(const registry::store::FeedReader::Batch& batch, ZoneChange& change);
  absl::Status NoteDue(ZoneChange& change);
  void NoteAgain(ZoneChange& change);
  absl::Status PolicyChanged();
  absl::Status Consume(const registry::store::FeedReader::Batch& batch, bool sent);
  absl::Status Wait();

  absl::Status Apply(ZoneChange& change);
  absl::Status ApplyServed(registry::HostKey host);
  absl::Status ReadRows(ZoneChange& change);
  absl::Status Send(std::span<const OwnerUpdate> updates);
  absl::Status Refused(std::span<const OwnerUpdate> updates, const std::string& why);
  absl::Status SendBare();
  absl::Status SendMessage(const DnsMessage& message, std::vector<DnsRecord> txt, uint32_t serial);
  void Sent(std::span<const OwnerUpdate> updates);
  uint32_t NextSerial() const;
  void NoteServed(uint32_t serial);

  void WantComparison(std::string reason);
  void StartComparison();
  absl::Status TakeComparison(const registry::store::FeedReader::Batch& batch);
  void EndComparison(absl::Duration again);
  absl::Status ComparisonFailed(const absl::Status& status);
  absl::Status Mend(const ComparisonResult& result);

  void StepDown();
  void LetOthersTry();
  void Report(const absl::Status& status);

  const FollowerOptions options_;
  const registry::Clock& clock_;
  FollowMetrics& metrics_;
  Primary primary_;
  registry::store::FeedReader feed_;
  std::unique_ptr<registry::store::Connection> database_;  // with it the lock is lost
  std::stop_token stop_;

  bool leads_ = false;
  bool attached_ = false;
  std::shared_ptr<const registry::Directory> directory_;
  std::optional<ZoneRecords> zone_;
  std::vector<DnsRecord> txt_;  // at the apex, as the last update left them
  ZoneVersion version_;
  std::optional<uint32_t> serial_;  // the greatest seen or sent
  bool apex_wrong_ = false;
  int failures_ = 0;                             // in a row
  std::map<std::string, Poison> poison_;         // by owner
  std::vector<std::string> looks_;               // names that are in doubt, last first
  absl::Time due_until_ = absl::InfinitePast();  // by clock_
  bool bare_accepted_ = false;                   // since the last refusal in this round

  // By the monotonic clock:
  absl::Duration current_as_of_;
  absl::Duration active_until_;
  absl::Duration next_due_, next_sign_of_life_, next_comparison_, quiet_until_;

  std::string comparison_reason_;  // empty: the interval's
  std::stop_source comparison_stop_;
  std::future<absl::StatusOr<ComparisonResult>> comparison_;
  std::optional<ComparisonResult> compared_;
  absl::flat_hash_set<std::string> touched_;  // since the comparison began
  bool comparing_ = false;
  // The zone may differ until one has ended; another leader has to know, too.
  bool owes_comparison_ = false;
  std::string kept_note_;
  bool spoiled_ = false;  // what it finds is worth nothing
};

}  // namespace zonegen
