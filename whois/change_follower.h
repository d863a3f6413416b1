#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/net/rounds.h"
#include "registry/store/feed_watch.h"
#include "whois/recent_changes.h"

namespace whois {

// Looks into the change feed again and again, in a thread of its own, and notes what changed.
class ChangeFollower {
 public:
  struct Settings {
    std::string database;  // the server that is asked for what is kept
    absl::Duration interval;
    absl::Duration max_lag;  // without news for so long, the changes do not count as known
  };
  using Directory = std::function<std::shared_ptr<const registry::Directory>()>;
  // `changes` outlives this. `directory` gives the one by which look-ups are answered, or a newer
  // one.
  ChangeFollower(Settings settings, RecentChanges& changes, Directory directory);

  // For metrics; from any thread.
  absl::Duration since_last_look() const;
  absl::Duration replay_lag() const;

 private:
  void Look();
  void Note(const registry::store::FeedWatch::News& news);

  const Settings settings_;
  RecentChanges& changes_;
  const Directory directory_;
  registry::store::FeedWatch watch_;
  bool failing_ = false;
  std::atomic<int64_t> last_look_;      // nanoseconds of the steady clock
  std::atomic<int64_t> replay_lag_{0};  // nanoseconds
  registry::net::Rounds rounds_;        // last, since it uses the others
};

}  // namespace whois
