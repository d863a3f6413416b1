#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"

namespace zonegen {

// The domains that the clock does something to: nobody has written it yet, and the worker may be
// late. Not thread-safe.
class DueDomains {
 public:
  // From the beginning of time.
  void Restart() { *this = {}; }
  // Those whose time has come since the last call, at most `limit`, by the names that they are kept
  // under, which end in the TLD `kept_under`; looks once a second. `now` is the registry's.
  absl::StatusOr<std::vector<std::string>> Read(registry::store::Connection& connection,
                                                std::string_view kept_under, absl::Time now,
                                                int limit);
  // The registry's clock was set back (a sandbox's), since the last call.
  bool TakeWentBack() { return std::exchange(went_back_, false); }

 private:
  absl::Time until_ = absl::InfinitePast();
  absl::Duration next_;  // by the monotonic clock
  bool went_back_ = false;
};

}  // namespace zonegen
