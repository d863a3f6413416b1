#pragma once

#include <chrono>

#include "absl/time/time.h"

namespace whois {

// How long something has taken, for metrics: never the registry's time.
class Stopwatch {
 public:
  absl::Duration elapsed() const {
    return absl::FromChrono(std::chrono::steady_clock::now() - start_);
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace whois
