#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/time/time.h"
#include "registry/base/rare.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"

namespace registry {

// RFC 5730 section 3.4 (trStatusType). Append only: the numbers are in the database.
enum class TransferState : uint8_t {
  kPending = 0,
  kClientApproved = 1,
  kClientRejected = 2,
  kClientCancelled = 3,
  kServerApproved = 4,   // by the clock, or by the operator
  kServerCancelled = 5,  // by the operator
};

// The latest transfer of a domain or a contact; while it is pending, the object is pendingTransfer.
struct Transfer {
  TransferState state = TransferState::kPending;
  RegistrarKey gaining = kNoRegistrar;
  RegistrarKey losing = kNoRegistrar;
  absl::Time requested;
  absl::Time acted;  // while pending: when the server approves
  // Of domains: what the gaining registrar buys. The fee is held back from the request on; a
  // transfer that comes to nothing gives it back.
  int years = 0;
  Money fee;
  std::optional<absl::Time> expires;  // the expiry that it brings, if at `acted`, or has brought

  friend bool operator==(const Transfer&, const Transfer&) = default;
};

std::string_view TransferStateName(TransferState state);  // trStatusType: "clientApproved"

inline bool IsPending(const Rare<Transfer>& transfer) {
  return transfer && transfer->state == TransferState::kPending;
}

}  // namespace registry
