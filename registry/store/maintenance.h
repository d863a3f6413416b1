#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/store/feed_watch.h"

namespace registry::store {

// What the worker does from time to time so that tables stay as small as they should be.

// Makes the monthly partitions of history and ledger for the month of `now` and the three after it.
// Rows of such a month that went to the default partition meanwhile (the clock jumped) move in.
absl::Status EnsurePartitions(const std::string& database, absl::Time now);

struct FeedRetention {
  // A reader that was away for longer is forgotten; it will have to rebuild from a snapshot.
  absl::Duration patience;
  // What was written since so long ago stays, for those that read without a name. By the database's
  // own clock; counted between two calls.
  absl::Duration age = kFeedAge;
};
// Forgets the feed's rows that every reader has consumed and that are old enough.
absl::Status PruneFeed(const std::string& database, const FeedRetention& retention);

// Forgets groups that were committed more than `age` ago (by the database's own clock): nobody asks
// any more whether their commit succeeded. `age` is at least an hour.
absl::Status PruneCommitGroups(const std::string& database, absl::Duration age);

// Forgets failed logins that are older at `now` than any window in which they are told.
absl::Status PruneFailedLogins(const std::string& database, absl::Time now);

}  // namespace registry::store
