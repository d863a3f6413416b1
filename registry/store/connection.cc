#include "registry/store/connection.h"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "registry/base/check.h"
#include "registry/base/text.h"
#include "registry/store/database_error.h"

namespace registry::store {
namespace {

// The system's clock is for waiting only; what the registry calls now is a parameter.
absl::Time WaitUntil(absl::Duration timeout) { return absl::Now() + timeout; }

absl::Status ErrorOf(const PGresult* result) {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  if (state == nullptr) return ConnectionLost(PQresultErrorMessage(result));
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  return DatabaseError(state, message != nullptr ? message : "");
}

std::string Setting(const char* name, absl::Duration value) {
  return Concat("SET ", name, " = ", absl::ToInt64Milliseconds(value), ";");
}

}  // namespace

void Result::Clear::operator()(PGresult* result) const { PQclear(result); }

Result::Result(PGresult* result) : result_(result), fields_(PQnfields(result)) {}

int Result::rows() const { return PQntuples(result_.get()); }

RowReader Result::Row(int row) {
  for (size_t i = 0; i < fields_.size(); ++i) {
    const int column = static_cast<int>(i);
    if (PQgetisnull(result_.get(), row, column) != 0) {
      fields_[i].reset();
    } else {
      fields_[i].emplace(PQgetvalue(result_.get(), row, column),
                         PQgetlength(result_.get(), row, column));
    }
  }
  return RowReader(fields_);
}

std::string_view Result::tag() const { return PQcmdStatus(result_.get()); }

Connection::Connection(PGconn* connection, absl::Duration answer_timeout)
    : connection_(connection), answer_timeout_(answer_timeout) {}

Connection::~Connection() { PQfinish(connection_); }

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(const std::string& database,
                                                             const ConnectionOptions& options) {
  const std::string connect_timeout =
      std::to_string(std::max<int64_t>(2, absl::ToInt64Seconds(options.connect_timeout)));
  const std::string silence = std::to_string(absl::ToInt64Milliseconds(options.answer_timeout));
  // What stands before `dbname` is a default, which the connection string may override.
  const std::array<const char*, 9> keywords = {"connect_timeout",
                                               "application_name",
                                               "keepalives_idle",
                                               "keepalives_interval",
                                               "target_session_attrs",
                                               "tcp_user_timeout",
                                               "dbname",
                                               "client_encoding",
                                               nullptr};
  const std::array<const char*, 9> values = {connect_timeout.c_str(),
                                             options.application.c_str(),
                                             "10",
                                             "5",
                                             options.writable ? "read-write" : "any",
                                             silence.c_str(),
                                             database.c_str(),
                                             "UTF8",
                                             nullptr};
  PGconn* raw = PQconnectdbParams(keywords.data(), values.data(), /*expand_dbname=*/1);
  if (raw == nullptr) return absl::ResourceExhaustedError("no memory for a database connection");
  std::unique_ptr<Connection> connection(new Connection(raw, options.answer_timeout));
  if (PQstatus(raw) != CONNECTION_OK) return ConnectionLost(PQerrorMessage(raw));
  PQsetNoticeProcessor(
      raw, [](void*, const char*) {}, nullptr);
  if (absl::Status status = connection->SetUp(options); !status.ok()) return status;
  return connection;
}

absl::Status Connection::SetUp(const ConnectionOptions& options) {
  std::string sql = Concat(
      // An operator may ask for more than `on`, never for less.
      "SELECT set_config('synchronous_commit', CASE current_setting('synchronous_commit') "
      "WHEN 'remote_apply' THEN 'remote_apply' ELSE 'on' END, false);"
      "SET timezone = 'UTC'; SET jit = off; SET default_transaction_isolation = 'read committed';",
      Setting("lock_timeout", options.lock_timeout),
      Setting("statement_timeout", options.statement_timeout),
      Setting("idle_in_transaction_session_timeout", options.idle_in_transaction_timeout));
  if (options.keyed_plans) {
    // Plans are made once. A plan that was made while a table was empty must not scan it when it
    // has millions of rows.
    sql +=
        "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;"
        "SET enable_hashjoin = off; SET enable_mergejoin = off; SET enable_material = off;";
  }
  if (absl::Status status = Script(sql); !status.ok()) return status;
  if (PQsetnonblocking(connection_, 1) != 0) return Lost();
  static const Statement kWhoAmI{
      "who_am_i", "SELECT pid, backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()"};
  absl::StatusOr<Result> found = Run(kWhoAmI);
  if (!found.ok()) return found.status();
  if (found->rows() != 1) return absl::InternalError("database: no entry in pg_stat_activity");
  RowReader row = found->Row(0);
  backend_.pid = row.Int4();
  backend_.started = row.Time();
  traffic_ = {};
  return absl::OkStatus();
}

absl::Status Connection::Lost() {
  lost_ = true;
  pending_.clear();
  return ConnectionLost(PQerrorMessage(connection_));
}

void Connection::Queue(const Statement& statement, const Parameters& parameters) {
  if (lost_ || refused_) return;
  if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF && PQenterPipelineMode(connection_) != 1) {
    refused_ = true;
    return;
  }
  if (prepared_.insert(statement.name).second) {
    if (PQsendPrepare(connection_, statement.name, statement.sql.c_str(), 0, nullptr) != 1) {
      refused_ = true;
      return;
    }
    pending_.push_back({&statement, true});
  }
  const auto& encoded = parameters.values();
  std::vector<const char*> values(encoded.size());
  std::vector<int> lengths(encoded.size());
  const std::vector<int> formats(encoded.size(), 1);
  for (size_t i = 0; i < encoded.size(); ++i) {
    if (!encoded[i]) continue;
    values[i] = encoded[i]->data();
    lengths[i] = static_cast<int>(encoded[i]->size());
  }
  if (PQsendQueryPrepared(connection_, statement.name, static_cast<int>(encoded.size()),
                          values.data(), lengths.data(), formats.data(), 1) != 1) {
    refused_ = true;
    return;
  }
  pending_.push_back({&statement, false});
  ++traffic_.statements;
}

absl::Status Connection::AwaitSocket(bool to_write, absl::Time deadline) {
  pollfd socket{PQsocket(connection_), static_cast<short>(POLLIN | (to_write ? POLLOUT : 0)), 0};
  while (true) {
    const absl::Duration left = deadline - absl::Now();
    if (left <= absl::ZeroDuration()) return absl::DeadlineExceededError("no answer in time");
    const int ready = poll(&socket, 1, static_cast<int>(absl::ToInt64Milliseconds(left)) + 1);
    if (ready > 0) break;
    if (ready < 0 && errno != EINTR) return Lost();
  }
  // Reading while writing, so that neither side waits for the other with full buffers.
  if ((socket.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && PQconsumeInput(connection_) != 1) {
    return Lost();
  }
  return absl::OkStatus();
}

absl::Status Connection::Flush() {
  const absl::Time deadline = WaitUntil(answer_timeout_);
  while (true) {
    const int left = PQflush(connection_);
    if (left == 0) return absl::OkStatus();
    if (left < 0) return Lost();
    if (absl::Status status = AwaitSocket(/*to_write=*/true, deadline); !status.ok()) {
      return Lost();
    }
  }
}

absl::Status Connection::Push() {
  if (lost_ || refused_) return Lost();
  if (PQsendFlushRequest(connection_) != 1) return Lost();
  return Flush();
}

absl::Status Connection::Send() {
  if (lost_ || refused_) return Lost();
  if (pending_.empty()) return absl::OkStatus();
  if (PQpipelineSync(connection_) != 1) return Lost();
  ++traffic_.batches;
  return Flush();
}

absl::Status Connection::AwaitResult() {
  const absl::Time deadline = WaitUntil(answer_timeout_);
  while (PQisBusy(connection_) != 0) {
    if (absl::Status status = AwaitSocket(/*to_write=*/false, deadline); !status.ok()) {
      lost_ = true;
      return absl::IsDeadlineExceeded(status) ? ConnectionLost("no answer in time") : status;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<PGresult*> Connection::NextResult() {
  if (absl::Status status = AwaitResult(); !status.ok()) return status;
  return PQgetResult(connection_);
}

absl::Status Connection::ReceiveOne(bool preparation, std::vector<Result>& results,
                                    absl::Status& first) {
  absl::StatusOr<PGresult*> next = NextResult();
  if (!next.ok()) return next.status();
  if (*next == nullptr) return Lost();
  Result result(*next);
  switch (PQresultStatus(*next)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
      if (!preparation) results.push_back(std::move(result));
      break;
    case PGRES_PIPELINE_ABORTED:
      break;
    default:
      if (first.ok()) first = ErrorOf(*next);
      if (PQstatus(connection_) != CONNECTION_OK) {
        lost_ = true;
        return first;
      }
  }
  // A null result ends each statement.
  next = NextResult();
  if (!next.ok()) return next.status();
  if (*next != nullptr) {
    PQclear(*next);
    return Lost();
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<Result>> Connection::Receive() {
  if (lost_) return Lost();
  std::vector<Result> results;
  absl::Status first;
  std::vector<Pending> pending = std::exchange(pending_, {});
  if (pending.empty()) return results;
  for (const Pending& one : pending) {
    const bool failed_before = !first.ok();
    if (absl::Status status = ReceiveOne(one.preparation, results, first); !status.ok()) {
      lost_ = true;
      return status;
    }
    // What was skipped or failed has not been prepared.
    if (one.preparation && (failed_before || !first.ok())) prepared_.erase(one.statement->name);
  }
  absl::StatusOr<PGresult*> sync = NextResult();
  if (!sync.ok()) return sync.status();
  const Result end(*sync);
  if (*sync == nullptr || PQresultStatus(*sync) != PGRES_PIPELINE_SYNC) return Lost();
  if (IsConnectionLost(first)) lost_ = true;  // still open, but of no use to us
  if (!first.ok()) return first;
  return results;
}

absl::StatusOr<std::vector<Result>> Connection::Run() {
  if (absl::Status status = Send(); !status.ok()) return status;
  return Receive();
}

absl::StatusOr<Result> Connection::Run(const Statement& statement, const Parameters& parameters) {
  Queue(statement, parameters);
  absl::StatusOr<std::vector<Result>> results = Run();
  if (!results.ok()) return results.status();
  POSTEL_CHECK(!results->empty());
  return std::move(results->back());
}

absl::Status Connection::LeavePipeline() {
  if (lost_ || refused_) return Lost();
  POSTEL_CHECK(pending_.empty());
  if (PQpipelineStatus(connection_) == PQ_PIPELINE_OFF) return absl::OkStatus();
  return PQexitPipelineMode(connection_) == 1 ? absl::OkStatus() : Lost();
}

absl::Status Connection::Script(const std::string& sql) {
  if (absl::Status status = LeavePipeline(); !status.ok()) return status;
  if (PQsendQuery(connection_, sql.c_str()) != 1) return Lost();
  if (absl::Status status = Flush(); !status.ok()) return status;
  absl::Status first;
  while (true) {
    absl::StatusOr<PGresult*> next = NextResult();
    if (!next.ok()) return next.status();
    if (*next == nullptr) break;
    const Result result(*next);
    const ExecStatusType status = PQresultStatus(*next);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && first.ok()) {
      first = ErrorOf(*next);
    }
  }
  if (PQstatus(connection_) != CONNECTION_OK) lost_ = true;
  return first;
}

absl::StatusOr<bool> Connection::AwaitNotification(absl::Duration timeout) {
  if (absl::Status status = LeavePipeline(); !status.ok()) return status;
  const absl::Time deadline = WaitUntil(timeout);
  while (true) {
    if (PQconsumeInput(connection_) != 1) return Lost();
    bool notified = false;
    while (PGnotify* notification = PQnotifies(connection_)) {
      PQfreemem(notification);
      notified = true;
    }
    if (notified) return true;
    const absl::Status status = AwaitSocket(/*to_write=*/false, deadline);
    if (absl::IsDeadlineExceeded(status)) return false;
    if (!status.ok()) return status;
  }
}

absl::StatusOr<Connection*> Session::Get() {
  if (connection_ == nullptr || connection_->lost()) {
    connection_.reset();
    absl::StatusOr<std::unique_ptr<Connection>> opened = Connection::Open(database_, options_);
    if (!opened.ok()) return opened.status();
    connection_ = *std::move(opened);
  }
  return connection_.get();
}

absl::StatusOr<Result> Session::Run(const Statement& statement, const Parameters& parameters) {
  absl::StatusOr<Connection*> connection = Get();
  if (!connection.ok()) return connection.status();
  return (*connection)->Run(statement, parameters);
}

}  // namespace registry::store
