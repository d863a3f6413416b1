#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/feed_reader.h"

namespace registry::store {

class Connection;
class Session;

// How long the feed keeps what was written to it, at least (store/maintenance.h, PruneFeed).
inline constexpr absl::Duration kFeedAge = absl::Minutes(10);

// The change feed for those that throw away what they know of what changed: it writes nothing, so
// it works on a standby as well, and has no name. It tells what is committed as soon as it is
// visible, in no order, each entry once. Not thread-safe; reconnects by itself.
class FeedWatch {
 public:
  explicit FeedWatch(const std::string& database);
  ~FeedWatch();

  // Does the connection string name several servers? Then this and those who read what it tells of
  // may be connected to different ones, of which one is behind.
  static bool NamesSeveralServers(const std::string& database);

  struct News {
    std::vector<FeedEntry> entries;
    // Entries may have been missed before these: what was known before this call is worthless. So
    // it is the first time, on every new connection (the server may be another one, or have lost
    // its last transactions), and after a time without success longer than half of kFeedAge.
    bool gap = false;
    // How far a standby is behind its primary: the age of what it replayed last, unless it has
    // replayed all that streams in. Zero on a primary.
    absl::Duration replay_lag;
  };
  // What has become visible since the last call that succeeded, by the snapshot that the call
  // takes.
  absl::StatusOr<News> Poll();

 private:
  absl::StatusOr<Connection*> Attach();

  std::unique_ptr<Session> session_;
  int32_t backend_ = 0;                          // the server process that `last_` is of
  std::string last_;                             // the snapshot of the last look; empty: none
  bool gap_ = true;                              // not told yet
  std::set<std::pair<uint64_t, int32_t>> told_;  // above its horizon, of a standby
  std::chrono::steady_clock::time_point last_success_{};
};

}  // namespace registry::store
