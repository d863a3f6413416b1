#pragma once

#include <cstdint>

#include "absl/status/status.h"
#include "registry/store/connection.h"
#include "registry/store/number_source.h"

namespace fill {

// Keys for new objects, from the sequence that the servers take theirs from. Asks the database in
// between, so not while a COPY runs.
class Keys {
 public:
  explicit Keys(registry::store::Connection& connection)
      : connection_(connection), numbers_([] {}) {}

  // After a failure it gives numbers that must not be used; see status().
  int64_t Next() {
    auto number = numbers_.TryNext();
    if (number) return *number;
    Fetch();
    number = numbers_.TryNext();
    return number ? *number : -1;
  }
  const absl::Status& status() const { return status_; }

 private:
  void Fetch() {
    static const registry::store::Statement kNext{"next_fill_block",
                                                  "SELECT nextval('public.transactions')"};
    const int64_t generation = numbers_.generation();
    absl::StatusOr<registry::store::Result> block = connection_.Run(kNext);
    if (block.ok()) {
      numbers_.AddBlock(block->Row(0).Int8(), generation);
    } else {
      status_ = block.status();
    }
  }

  registry::store::Connection& connection_;
  registry::store::NumberSource numbers_;
  absl::Status status_;
};

}  // namespace fill
