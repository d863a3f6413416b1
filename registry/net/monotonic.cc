#include "registry/net/monotonic.h"

#include <ctime>

namespace registry::net {

absl::Duration Monotonic() {
  timespec now;
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return absl::DurationFromTimespec(now);
}

}  // namespace registry::net
