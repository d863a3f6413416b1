#include <libpq-fe.h>

#include "registry/base/text.h"
#include "registry/store/connection.h"
#include "registry/store/database_error.h"
#include "registry/store/wire.h"

// The binary COPY format: a header of 19 octets and an extension, then rows, each a count of fields
// and for each field its length (-1: NULL) and octets, then -1 as a count. libpq gives the header
// together with the first row, and every other row alone.
namespace registry::store {
namespace {

constexpr std::string_view kSignature("PGCOPY\n\377\r\n\0", 11);
// Neither flags nor an extension.
constexpr std::string_view kHeader("PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0", 19);
constexpr std::string_view kTrailer("\377\377", 2);
constexpr size_t kPiece = 1 << 16;  // sent at once

const absl::Status& Malformed() {
  static const absl::Status status = absl::InternalError("malformed COPY data");
  return status;
}

absl::Status SkipHeader(std::string_view& data) {
  if (data.size() < 19 || data.substr(0, 11) != kSignature) return Malformed();
  const auto extension = wire::Read<uint32_t>(data.substr(15));
  if (data.size() - 19 < extension) return Malformed();
  data.remove_prefix(19 + extension);
  return absl::OkStatus();
}

// False at the end of the data.
absl::StatusOr<bool> TakeRow(std::string_view& data, std::vector<Field>& fields) {
  fields.clear();
  if (data.size() < 2) return Malformed();
  const auto count = wire::Read<int16_t>(data);
  data.remove_prefix(2);
  if (count < 0) return false;
  for (int i = 0; i < count; ++i) {
    if (data.size() < 4) return Malformed();
    const auto length = wire::Read<int32_t>(data);
    data.remove_prefix(4);
    if (length < 0) {
      fields.emplace_back();
      continue;
    }
    if (data.size() < static_cast<size_t>(length)) return Malformed();
    fields.emplace_back(data.substr(0, length));
    data.remove_prefix(length);
  }
  return true;
}

absl::Status Deliver(std::string_view data, bool first, std::vector<Field>& fields,
                     const std::function<absl::Status(RowReader)>& row) {
  if (first) {
    if (absl::Status status = SkipHeader(data); !status.ok()) return status;
  }
  while (!data.empty()) {
    absl::StatusOr<bool> more = TakeRow(data, fields);
    if (!more.ok()) return more.status();
    if (!*more) return absl::OkStatus();
    if (absl::Status status = row(RowReader(fields)); !status.ok()) return status;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Connection::BeginCopy(const std::string& sql, int wanted) {
  if (absl::Status status = LeavePipeline(); !status.ok()) return status;
  if (PQsendQuery(connection_, sql.c_str()) != 1) return Lost();
  if (absl::Status status = Flush(); !status.ok()) return status;
  absl::StatusOr<PGresult*> begun = NextResult();
  if (!begun.ok()) return begun.status();
  const Result beginning(*begun);
  if (PQresultStatus(*begun) == wanted) return absl::OkStatus();
  const char* state = PQresultErrorField(*begun, PG_DIAG_SQLSTATE);
  const std::string message = PQresultErrorMessage(*begun);
  absl::StatusOr<PGresult*> end = NextResult();
  if (end.ok()) PQclear(*end);
  return state == nullptr ? Lost() : DatabaseError(state, message);
}

absl::Status Connection::EndCopy() {
  absl::Status outcome;
  while (true) {
    absl::StatusOr<PGresult*> next = NextResult();
    if (!next.ok()) return next.status();
    if (*next == nullptr) return outcome;
    const Result result(*next);
    if (PQresultStatus(*next) != PGRES_COMMAND_OK) {
      const char* state = PQresultErrorField(*next, PG_DIAG_SQLSTATE);
      outcome = DatabaseError(state != nullptr ? state : "", PQresultErrorMessage(*next));
    }
  }
}

absl::Status Connection::CopyOut(const std::string& sql,
                                 const std::function<absl::Status(RowReader)>& row) {
  if (absl::Status status = BeginCopy(sql, PGRES_COPY_OUT); !status.ok()) return status;
  std::vector<Field> fields;
  for (bool first = true;; first = false) {
    char* buffer = nullptr;
    int size = PQgetCopyData(connection_, &buffer, /*async=*/1);
    while (size == 0) {
      if (absl::Status status = AwaitSocket(/*to_write=*/false, absl::Now() + answer_timeout_);
          !status.ok()) {
        lost_ = true;
        return ConnectionLost(std::string(status.message()));
      }
      size = PQgetCopyData(connection_, &buffer, /*async=*/1);
    }
    if (size == -1) break;
    if (size < 0) return Lost();
    const absl::Status status = Deliver({buffer, static_cast<size_t>(size)}, first, fields, row);
    PQfreemem(buffer);
    if (!status.ok()) {
      lost_ = true;
      return status;
    }
  }
  return EndCopy();
}

absl::Status Connection::PutCopyData(std::string_view data) {
  while (!data.empty()) {
    const std::string_view piece = data.substr(0, kPiece);
    data.remove_prefix(piece.size());
    if (PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size())) != 1) {
      return Lost();
    }
    // At once, or libpq would keep a copy of everything.
    if (absl::Status status = Flush(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Connection::CopyIn(const std::string& sql, std::string_view rows) {
  if (absl::Status status = BeginCopy(sql, PGRES_COPY_IN); !status.ok()) return status;
  for (std::string_view part : {kHeader, rows, kTrailer}) {
    if (absl::Status status = PutCopyData(part); !status.ok()) return status;
  }
  if (PQputCopyEnd(connection_, nullptr) != 1) return Lost();
  if (absl::Status status = Flush(); !status.ok()) return status;
  return EndCopy();
}

}  // namespace registry::store
