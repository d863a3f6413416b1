#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace registry::store {

// Something in the database that cannot be.
struct Finding {
  std::string check;    // a stable name, "balance-differs-from-ledger"
  std::string subject;  // what it is about: a registrar, a name, a ROID
  std::string detail;
};

// Looks at one consistent moment of the whole database: money, references both ways, the calendar.
// At most `limit` findings per check, and a last one with the subject "..." if there are more.
// Empty: all is well. Reads every row: minutes for millions.
absl::StatusOr<std::vector<Finding>> Audit(const std::string& database, int limit = 100);

}  // namespace registry::store
