#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"
#include "registry/types/transaction_id.h"

// What became of a transaction whose connection was lost. Asked over another connection.
namespace registry::store {

// Waits until the server process has ended; ends it if it has not after `patience`.
absl::Status AwaitEnd(Connection& connection, const Backend& backend, absl::Duration patience);

// Whether the group has been committed, durably: waits for the standbys that commits wait for. Only
// its process can still change the answer: call AwaitEnd first.
absl::StatusOr<bool> WasCommitted(Connection& connection, TransactionNumber group);

}  // namespace registry::store
