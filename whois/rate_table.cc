#include "whois/rate_table.h"

#include <algorithm>
#include <bit>
#include <random>

namespace whois {
namespace {

uint64_t Secret() {
  std::random_device device;
  return uint64_t{device()} << 32 | device();
}

size_t SetsIn(size_t bytes, size_t set_bytes) {
  return std::bit_floor(std::max<size_t>(bytes / set_bytes, 1));
}

}  // namespace

RateTable::RateTable(size_t bytes)
    : secrets_{Secret(), Secret()},
      sets_(SetsIn(bytes, sizeof(Set))),
      shards_(std::make_unique<std::array<Shard, kShards>>()) {}

// Every step can be undone, so that two sources of one kind never have the same tag.
uint64_t RateTable::TagOf(const Source& source) const {
  uint64_t tag = source.number ^ secrets_[0];
  tag *= 0x9E3779B97F4A7C15U;
  tag ^= tag >> 32;
  tag += secrets_[1] * (2 * static_cast<uint64_t>(source.kind) + 1);
  tag *= 0xD6E8FEB86659FD93U;
  tag ^= tag >> 32;
  return std::max<uint64_t>(tag, 1);
}

RateTable::Place& RateTable::PlaceOf(uint64_t tag, Set& set) {
  Place* idlest = &set.places[0];
  for (Place& place : set.places) {
    if (place.tag == tag) return place;
    if (place.full_at < idlest->full_at) idlest = &place;
  }
  *idlest = Place{tag, 0};
  return *idlest;
}

absl::Duration RateTable::Take(const Source& source, const Limit& limit, int cost,
                               absl::Duration now) {
  const int64_t now_ns = absl::ToInt64Nanoseconds(now);
  const int64_t step = absl::ToInt64Nanoseconds(absl::Minutes(1)) / std::max(limit.per_minute, 1);
  const int64_t burst = step * std::max(limit.burst, 1);
  const uint64_t tag = TagOf(source);
  const size_t index = tag & (sets_.size() - 1);
  const registry::MutexLock lock((*shards_)[index % kShards].mutex);
  Place& place = PlaceOf(tag, sets_[index]);
  const int64_t full_at = std::max(place.full_at, now_ns) + std::min(step * cost, burst);
  const int64_t wait = full_at - now_ns - burst;
  if (wait > 0) return absl::Nanoseconds(wait);
  place.full_at = full_at;
  return absl::ZeroDuration();
}

}  // namespace whois
