#include "registry/store/database_error.h"

#include <array>
#include <string_view>

#include "absl/strings/cord.h"
#include "registry/base/text.h"

namespace registry::store {
namespace {

constexpr char kPayload[] = "postel/sqlstate";

absl::StatusCode CodeOf(std::string_view sqlstate) {
  static constexpr std::array<std::string_view, 7> kConflicts = {
      "23505",  // unique_violation
      "40001",  // serialization_failure
      "40P01",  // deadlock_detected
      "55P03",  // lock_not_available: lock_timeout
      kSlowState, kStaleState, kOverdrawnState};
  for (std::string_view conflict : kConflicts) {
    if (sqlstate == conflict) return absl::StatusCode::kAborted;
  }
  static constexpr std::array<std::string_view, 6> kGone = {
      "25006",   // read_only_sql_transaction: this is a standby now
      "25P03",   // idle_in_transaction_session_timeout
      "57P01",   // admin_shutdown
      "57P02",   // crash_shutdown
      "57P03",   // cannot_connect_now
      "57P05"};  // idle_session_timeout
  for (std::string_view gone : kGone) {
    if (sqlstate == gone) return absl::StatusCode::kUnavailable;
  }
  if (sqlstate.substr(0, 2) == "08") return absl::StatusCode::kUnavailable;
  return absl::StatusCode::kInternal;
}

}  // namespace

absl::Status DatabaseError(const std::string& sqlstate, const std::string& message) {
  std::string_view text = Trim(message);
  absl::Status status(CodeOf(sqlstate), Concat("database: ", text));
  if (!sqlstate.empty()) status.SetPayload(kPayload, absl::Cord(sqlstate));
  return status;
}

absl::Status ConnectionLost(const std::string& message) {
  // What follows the first line is advice for people at a terminal.
  const std::string_view first = Trim(std::string_view(message).substr(0, message.find('\n')));
  return absl::UnavailableError(Concat("database connection lost: ", first));
}

std::string SqlState(const absl::Status& status) {
  const auto payload = status.GetPayload(kPayload);
  return payload ? std::string(*payload) : std::string();
}

}  // namespace registry::store
