#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/feed_reader.h"

namespace registry::store {

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
    // it is the first time, and after a time without success that is longer than half of kFeedAge.
    bool gap = false;
    // How far a standby is behind its primary, as far as it can tell; zero on a primary.
    absl::Duration replay_lag;
  };
  // What has become visible since the last call that succeeded, by the snapshot that the call
  // takes.
  absl::StatusOr<News> Poll();

 private:
  std::unique_ptr<Session> session_;
  std::string begin_;                            // xid; empty: a gap
  std::set<std::pair<uint64_t, int32_t>> told_;  // at or behind begin_
  std::chrono::steady_clock::time_point last_success_{};
};

}  // namespace registry::store
