#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"

namespace whois {

// Logs that the registry did not answer: at most a line a second, however many queries meet it.
// Thread-safe.
class FailureLog {
 public:
  // `lookup` names the command, "domain-lookup".
  void Add(std::string_view lookup, const absl::Status& status);

 private:
  std::atomic<int64_t> next_line_ms_{0};  // of a clock that only goes forward
  std::atomic<int64_t> failures_{0};      // since the last line
};

}  // namespace whois
