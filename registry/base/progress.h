#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace registry {

// What a person sees of long work: a bar that moves on a terminal, a line now and then elsewhere.
class Progress {
 public:
  // `all`: of how many `things` ("domains"); at least 1.
  Progress(int64_t all, std::string_view things, bool terminal)
      : all_(all), things_(things), terminal_(terminal) {}

  // `done` may exceed what was expected. `elapsed` since the beginning. Empty if it is too early to
  // write again of the same activity.
  std::string Show(int64_t done, std::string_view activity, absl::Duration elapsed);
  // After the last of them.
  std::string End() const { return terminal_ && shown_ ? "\r\033[K" : ""; }

 private:
  const int64_t all_;
  const std::string things_;
  const bool terminal_;
  bool shown_ = false;
  int64_t first_done_ = -1;  // what an earlier run had loaded has no part in the rate
  absl::Duration first_at_;
  absl::Duration next_;
  std::string activity_;  // that was written last
};

std::string WithCommas(int64_t number);  // "1,000,000"

}  // namespace registry
