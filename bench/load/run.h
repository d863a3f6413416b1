#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "bench/load/options.h"

namespace bench {

// Logs in all sessions, prepares names if that is necessary, and measures. The report, or why there
// is none.
absl::StatusOr<std::string> Run(const Options& options);

}  // namespace bench
