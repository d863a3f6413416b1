#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/time/time.h"
#include "registry/base/mutex.h"

namespace whois {

// How often each of very many sources may ask: a token bucket for each, kept as the one instant at
// which the bucket will be full again (the generic cell rate algorithm of ITU-T I.371).
//
// The table has its size for ever, and nothing is allocated for a source. A source has a place in
// one of a few sets of eight; where all are taken it takes the place of the one that has been idle
// longest, which loses least: a bucket that is nearly full. So sources that ask too often keep
// theirs however many others come by. Which sources share a set nobody can know from outside.
// Thread-safe.
class RateTable {
 public:
  // At most `bytes` of memory, but for one set at least.
  explicit RateTable(size_t bytes);

  struct Source {
    enum class Kind : uint8_t { kV4, kV6, kToken } kind = Kind::kV4;
    uint64_t number = 0;  // the address, the first half of it, the token's key
  };
  struct Limit {
    int per_minute = 1;  // at least 1
    int burst = 1;       // so many at once, at least 1
  };
  // Takes `cost` of what the source may ask (a whole burst if it is more), at the instant `now` of
  // a clock that only goes forward. Zero: it may. Else it takes nothing, and after so long it will
  // succeed.
  absl::Duration Take(const Source& source, const Limit& limit, int cost, absl::Duration now);

  size_t places() const { return sets_.size() * kWays; }

 private:
  static constexpr size_t kWays = 8;
  static constexpr size_t kShards = 64;
  struct Place {
    uint64_t tag = 0;     // of a source; 0: nobody's
    int64_t full_at = 0;  // nanoseconds
  };
  struct alignas(64) Set {
    std::array<Place, kWays> places;
  };
  struct alignas(64) Shard {
    registry::Mutex mutex;  // guards every kShards-th set
  };

  uint64_t TagOf(const Source& source) const;
  static Place& PlaceOf(uint64_t tag, Set& set);

  const std::array<uint64_t, 2> secrets_;
  std::vector<Set> sets_;  // a power of two
  std::unique_ptr<std::array<Shard, kShards>> shards_;
};

}  // namespace whois
