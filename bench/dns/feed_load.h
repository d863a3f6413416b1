#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace bench {

// What `dns-load feed` is asked to do.
struct FeedOptions {
  std::string database;  // libpq connection string
  std::string tld = "org";
  std::vector<std::string> hosts;  // at least three that the registry has
  std::string prefix = "feed";     // of the names made
  int names = 10'000;              // that there are at a time
  double rate = 1000;              // changes a second, on a schedule that waits for nothing
  int group = 500;                 // at most so many changes in one transaction
  int seconds = 10;
  int warm_up_seconds = 1;
  std::vector<std::string> watch;  // as Options has it
  double watch_share = 1;
};

// A stand-in for the registry: writes the changes of ZoneChanges into `domains` with their entries
// of the change feed, all that are due in one transaction, and nothing else that a command would
// write. One JSON object: changes a second, the transactions' times, and from the commit to when
// each watched server shows a change. A database that it was in is for nothing else any more.
absl::StatusOr<std::string> LoadFeed(const FeedOptions& options);

}  // namespace bench
