#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace bench {

// What `dns-load updates` is asked to do.
struct UpdateOptions {
  std::string server;  // ADDRESS:PORT
  std::string key;     // file of the TSIG key
  std::string tld = "org";
  std::vector<std::string> hosts;  // at least three
  std::string prefix = "update";   // of the names made
  int names = 1000;                // that there are at a time
  int names_per_update = 100;
  int outstanding = 2;  // updates that are sent before the first of them is answered
  double rate = 0;      // updates a second; 0: when there is an answer
  int seconds = 10;
  int warm_up_seconds = 1;
  std::vector<std::string> watch;  // as Options has it
  double watch_share = 1;
};

// Sends DNS UPDATE messages (RFC 2136) with the changes of ZoneChanges over one TCP connection, and
// deletes at last what it has made. One
// JSON object: changes a second, and in milliseconds from sending an update to its answer, and to
// when each watched server shows a change.
absl::StatusOr<std::string> LoadUpdates(const UpdateOptions& options);

}  // namespace bench
