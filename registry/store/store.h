#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/base/clock.h"
#include "registry/model/directory.h"
#include "registry/store/job.h"

namespace registry::store {

struct StoreOptions {
  std::string database;     // libpq connection string
  std::string application;  // application_name, "postel-epp"
  int write_lanes = 2;   // committing connections, 0 to 16; 0: only reads, perhaps from a standby
  int read_lanes = 1;    // reading connections, 1 to 16
  int max_group = 128;   // commands in one transaction, 1 to 1024
  int max_queue = 4096;  // waiting commands before full() says so
  // Commands of one asker in work at once while somebody with fewer asks too, 1 to 1024: a flood
  // must not make the groups long in which others' commands wait.
  int fair_share = 12;
  absl::Duration command_timeout = absl::Seconds(30);  // no database for so long: 2400
  // Calls `answer`, which answers a whole group, once and before it returns; it may come from many
  // threads. For servers that wake their own threads once for all of a group.
  std::function<void(const std::function<void()>& answer)> answering =
      [](const std::function<void()>& answer) { answer(); };
};

// Since the store was opened.
struct StoreStatistics {
  int64_t groups = 0;       // that were answered; reading ones too
  int64_t commands = 0;     // in these
  int64_t round_trips = 0;  // to the database, for these
  int64_t statements = 0;   // sent in them, COMMIT and the like included
  int64_t conflicts = 0;    // groups that were run again because somebody was in the way
  int64_t failures = 0;     // commands that got 2400
  int64_t reconnects = 0;   // after a lost connection
  int64_t waiting = 0;      // commands that are queued now
};

// The registry in PostgreSQL. Commands go in, are decided and committed in groups, and are answered
// when the commit is durable. Thread-safe.
class Store {
 public:
  // Connects once to see that the schema is the one this program knows. `clock` outlives the store;
  // in a sandbox its offset follows the database.
  static absl::StatusOr<std::unique_ptr<Store>> Open(StoreOptions options, SystemClock* clock);
  // Finishes what is queued.
  ~Store();

  // Takes the job in any case. Order is kept for jobs of one caller that waits for each answer.
  void Submit(std::unique_ptr<Job> job);
  // Jobs that came at the same time, so that one group takes them.
  void SubmitAll(std::vector<std::unique_ptr<Job>> jobs);
  // Too many are waiting: the caller should stop reading from its clients until this is false
  // again.
  bool full() const;

  template <class Command, class Then>
  void Execute(Origin origin, Command command, Then then) {
    Submit(MakeJob(std::move(origin), std::move(command), std::move(then)));
  }
  // Waits for the answer. For programs that have nothing else to do.
  template <class Command>
  Reply<AnswerOf<Command>> Run(Origin origin, Command command) {
    std::promise<Reply<AnswerOf<Command>>> promise;
    auto answer = promise.get_future();
    Execute(std::move(origin), std::move(command),
            [&promise](Reply<AnswerOf<Command>> reply) { promise.set_value(std::move(reply)); });
    return answer.get();
  }

  // The newest known; at most a second behind the database when no commands run.
  std::shared_ptr<const Directory> directory() const;
  const Clock& clock() const;
  // For answers that the store has no part in (syntax errors, login): every answer has its own
  // svTRID.
  TransactionNumber NextNumber();
  // Can the database be reached now? For health checks.
  bool healthy() const;
  StoreStatistics statistics() const;

 private:
  friend class OpenWithFaults;
  class Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace registry::store
