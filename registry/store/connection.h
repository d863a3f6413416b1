#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/parameters.h"
#include "registry/store/row_reader.h"

extern "C" {
typedef struct pg_conn PGconn;
typedef struct pg_result PGresult;
}

namespace registry::store {

// SQL that is prepared once per connection, under its name, when it is first used. Objects of this
// type live as long as the program.
struct Statement {
  const char* name;
  std::string sql;
};

// The rows that a statement gave, in binary form.
class Result {
 public:
  explicit Result(PGresult* result);
  int rows() const;
  // Values are valid while the result lives. The reader is valid until the next call.
  RowReader Row(int row);
  std::string_view tag() const;  // "UPDATE 3"

 private:
  struct Clear {
    void operator()(PGresult* result) const;
  };
  std::unique_ptr<PGresult, Clear> result_;
  std::vector<Field> fields_;
};

// Who a server process is, so that it can be found again (and ended) when the connection broke.
struct Backend {
  int32_t pid = 0;
  absl::Time started;
};

// What went over a connection: batches are round trips.
struct Traffic {
  int64_t batches = 0;
  int64_t statements = 0;
};

struct ConnectionOptions {
  std::string application;
  absl::Duration connect_timeout = absl::Seconds(5);
  absl::Duration answer_timeout = absl::Seconds(30);  // silence for longer: lost
  absl::Duration lock_timeout;                        // zero: none
  absl::Duration statement_timeout;                   // zero: none
  absl::Duration idle_in_transaction_timeout;         // zero: none
  bool keyed_plans = false;  // every statement goes by key: no scans of whole tables
  bool writable = true;      // a standby will not do
};

// One connection to PostgreSQL. Statements are queued and sent together (libpq's pipeline mode):
// one round trip, however many. A statement that fails makes the server skip the rest of its batch.
// Not thread-safe. Never waits longer than the timeouts.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Open(const std::string& database,
                                                          const ConnectionOptions& options);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void Queue(const Statement& statement, const Parameters& parameters = {});
  // Hands what is queued to the network, without ending the batch: the server may begin.
  absl::Status Push();
  // Ends the batch and sends what is left of it.
  absl::Status Send();
  // The results of the batch, one per Queue; or the first error.
  absl::StatusOr<std::vector<Result>> Receive();

  // The three together.
  absl::StatusOr<std::vector<Result>> Run();
  absl::StatusOr<Result> Run(const Statement& statement, const Parameters& parameters = {});

  // Any SQL, also several statements, in text form; for what runs seldom.
  absl::Status Script(const std::string& sql);
  // COPY ... TO STDOUT (FORMAT binary): each row. Ends early (and closes the connection) if `row`
  // does not give ok.
  absl::Status CopyOut(const std::string& sql, const std::function<absl::Status(RowReader)>& row);
  // COPY ... FROM STDIN (FORMAT binary): `rows` as CopyRows makes them.
  absl::Status CopyIn(const std::string& sql, std::string_view rows);
  // Until a notification arrives, at most `timeout`. False if none came.
  absl::StatusOr<bool> AwaitNotification(absl::Duration timeout);

  // Lost for good: open another one.
  bool lost() const { return lost_; }
  const Backend& backend() const { return backend_; }
  // Since the last call. Statements that are prepared on the way are not counted.
  Traffic TakeTraffic() { return std::exchange(traffic_, {}); }

 private:
  explicit Connection(PGconn* connection, absl::Duration answer_timeout);
  absl::Status SetUp(const ConnectionOptions& options);
  absl::Status Lost();
  absl::Status LeavePipeline();
  absl::Status Flush();
  absl::Status AwaitResult();
  absl::Status AwaitSocket(bool to_write, absl::Time deadline);
  absl::StatusOr<PGresult*> NextResult();
  absl::Status BeginCopy(const std::string& sql, int wanted);
  absl::Status EndCopy();
  absl::Status PutCopyData(std::string_view data);
  absl::Status ReceiveOne(bool preparation, std::vector<Result>& results, absl::Status& first);

  PGconn* connection_;
  absl::Duration answer_timeout_;
  Backend backend_;
  bool lost_ = false;
  Traffic traffic_;
  bool refused_ = false;  // libpq would not take a statement: out of memory or lost
  absl::flat_hash_set<std::string> prepared_;
  struct Pending {
    const Statement* statement;
    bool preparation;
  };
  std::vector<Pending> pending_;
};

// A connection that is opened when it is first needed and again after it was lost. For programs and
// readers that do one thing at a time. Not thread-safe.
class Session {
 public:
  Session(std::string database, ConnectionOptions options)
      : database_(std::move(database)), options_(std::move(options)) {}

  absl::StatusOr<Connection*> Get();
  absl::StatusOr<Result> Run(const Statement& statement, const Parameters& parameters = {});

 private:
  std::string database_;
  ConnectionOptions options_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace registry::store
