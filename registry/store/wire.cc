#include "registry/store/wire.h"

#include <limits>

namespace registry::store::wire {
namespace {

constexpr int64_t kEpochMicros = 946684800000000;  // 2000-01-01 since 1970-01-01
constexpr int64_t kInfinity = std::numeric_limits<int64_t>::max();
constexpr int64_t kMinusInfinity = std::numeric_limits<int64_t>::min();

}  // namespace

int64_t Timestamp(absl::Time time) {
  if (time == absl::InfiniteFuture()) return kInfinity;
  if (time == absl::InfinitePast()) return kMinusInfinity;
  return absl::ToUnixMicros(time) - kEpochMicros;
}

absl::Time TimeOf(int64_t timestamp) {
  if (timestamp == kInfinity) return absl::InfiniteFuture();
  if (timestamp == kMinusInfinity) return absl::InfinitePast();
  return absl::FromUnixMicros(timestamp + kEpochMicros);
}

}  // namespace registry::store::wire
