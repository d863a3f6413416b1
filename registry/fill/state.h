#pragma once

#include <cstdint>
#include <map>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"

namespace fill {

// Grows when the same number makes another domain than before.
inline constexpr int kEdition = 1;

// How far a registry is filled. It is kept there in a schema of its own, `fill`, and changes in the
// transactions that change the rest.
struct State {
  struct Batch {
    int64_t domains = 0;  // from the batch's first on
    int64_t holder = 0;   // the key of the contact that the next one may share
  };
  absl::CivilDay reference;
  int64_t batch_size = 0;
  std::map<int64_t, Batch> batches;  // by number, from 0

  int64_t domains() const;
};

// Begins with `reference` if there is none. kFailedPrecondition: made by another edition.
absl::StatusOr<State> OpenState(registry::store::Connection& connection, absl::CivilDay reference,
                                int64_t batch_size);
absl::Status SaveBatch(registry::store::Connection& connection, int64_t batch,
                       const State::Batch& state);

}  // namespace fill
