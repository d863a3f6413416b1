#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "registry/types/money.h"

namespace registry::store {

// ICANN's AGP Limits Policy: deletions in the add grace period are refunded, but those of a month
// beyond a share of the registrar's net new names (TldPolicy::agp_percent), and beyond a number
// that is free in any case (agp_free), are paid for after all.
struct AddGraceUse {
  std::string registrar, tld;
  int64_t created = 0;  // in the month
  int64_t deleted = 0;  // in the add grace period, in the month; refunds
  int64_t excess = 0;   // of `deleted` over what is free
  Money charge;         // for them: the fee of a year each
  enum class State { kOpen, kExempt, kCharged } state = State::kOpen;
};

// `limit` of a month: the larger of both.
int64_t FreeAddGraceDeletions(int64_t created, int64_t deleted, int percent, int free);

// Of one month (UTC), by registrar and TLD; those without deletions are left out. kUnavailable and
// the like if the database cannot be asked.
absl::StatusOr<std::vector<AddGraceUse>> ReadAddGraceUse(const std::string& database,
                                                         absl::CivilMonth month);

// Keeps the excess of that month from being charged. kAlreadyExists if it has been; kNotFound for
// an unknown registrar.
absl::Status ExemptFromAddGraceLimits(const std::string& database, absl::CivilMonth month,
                                      const std::string& registrar, const std::string& tld);

// Charges the excess of the month before that of `now`, once that month has been over for an hour;
// and of the two before it, if nobody has. However often, by however many processes, and wherever
// it breaks off: each is charged once, with a message to the registrar.
absl::Status ChargeAddGraceExcess(const std::string& database, absl::Time now);

}  // namespace registry::store
