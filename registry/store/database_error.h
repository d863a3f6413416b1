#pragma once

#include <string>

#include "absl/status/status.h"

namespace registry::store {

// What the database complained about, as a status with its SQLSTATE:
//   kUnavailable  the connection is gone, or leads to a server that cannot do this (a standby)
//   kAborted      somebody else was in the way: run the transaction again
//   kInternal     anything else: the same statement would fail again
absl::Status DatabaseError(const std::string& sqlstate, const std::string& message);
// The connection is gone, without word from the server.
absl::Status ConnectionLost(const std::string& message);

// "23505"; empty if there is none.
std::string SqlState(const absl::Status& status);

inline constexpr char kSlowState[] = "57014";  // query_canceled: statement_timeout
// Conditions that our own statements raise, by the function `refuse` of the schema.
inline constexpr char kStaleState[] = "PT001";      // a row was not as it had been loaded
inline constexpr char kOverdrawnState[] = "PT002";  // a balance would fall below its limit

inline bool IsConnectionLost(const absl::Status& status) { return absl::IsUnavailable(status); }
inline bool IsConflict(const absl::Status& status) { return absl::IsAborted(status); }
inline bool IsTooSlow(const absl::Status& status) { return SqlState(status) == kSlowState; }
inline bool IsOverdrawn(const absl::Status& status) { return SqlState(status) == kOverdrawnState; }

}  // namespace registry::store
