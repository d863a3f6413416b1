#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"
#include "registry/types/roid.h"
#include "registry/types/transaction_id.h"

namespace registry::store {

// One change of one object (DESIGN section 6).
struct HistoryEntry {
  absl::Time at;        // when it was written
  absl::Time happened;  // earlier than that for what the clock did
  TransactionNumber number = 0;
  int32_t version = 0;  // of the object after the change; a deletion counts too
  RegistrarKey actor = kNoRegistrar;
  std::string client_id;  // clTRID
  std::string command;    // "domain-renew"
  std::string change;     // rules/history.h: JSON
};

// All changes of an object, oldest first.
absl::StatusOr<std::vector<HistoryEntry>> ReadHistory(const std::string& database, ObjectKind kind,
                                                      int64_t object);

// The keys of the objects that have or had this name or handle, oldest first.
absl::StatusOr<std::vector<int64_t>> ObjectsNamed(const std::string& database, ObjectKind kind,
                                                  std::string_view name);

// One movement of money.
struct LedgerLine {
  absl::Time at;        // when it was booked
  absl::Time happened;  // earlier than that for what the clock did
  TransactionNumber number = 0;
  char kind = 0;  // model/ledger.h
  Money amount;
  std::string what;
  DomainKey domain{};
  int32_t domain_version = 0;
};

// A registrar's newest entries, oldest first.
absl::StatusOr<std::vector<LedgerLine>> ReadLedger(const std::string& database,
                                                   RegistrarKey registrar, int limit);

}  // namespace registry::store
