#pragma once

#include <memory>
#include <string>

#include "absl/functional/any_invocable.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/object_search.h"

namespace registry::store {

// Searches on threads and connections of their own, few and with a bounded queue, so that nothing
// else waits for them. Reads only: a standby will do. Thread-safe.
class ObjectSearcher {
 public:
  struct Options {
    std::string database;     // libpq connection string
    std::string application;  // application_name
    int lanes = 2;            // threads, each with a connection, 1 to 16
    int max_queue = 64;       // searches that wait, at least 1
    // A search may wait so long, and each of its statements (three at most) may take so long.
    absl::Duration timeout = absl::Seconds(2);
  };
  // kResourceExhausted: too many are waiting. kDeadlineExceeded: it took too long.
  // kCancelled: the searcher ends. Anything else: the database failed.
  using Then = absl::AnyInvocable<void(absl::StatusOr<FoundObjects>)>;

  // Connects when it is first asked.
  explicit ObjectSearcher(Options options);
  // Awaits what is being read.
  ~ObjectSearcher();

  // `then` is called once, from any thread, and must not block.
  void Find(ObjectSearch search, Then then);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace registry::store
