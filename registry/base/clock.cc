#include "registry/base/clock.h"

namespace registry {

absl::Time SystemClock::Now() const {
  return absl::FromUnixMillis(absl::ToUnixMillis(absl::Now()) + offset_ms_.load());
}

void SystemClock::SetOffset(absl::Duration offset) {
  offset_ms_.store(absl::ToInt64Milliseconds(offset));
}

}  // namespace registry
