#pragma once

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "registry/types/ip_address.h"

namespace cds {

// What is remembered of each server address, so that nobody is asked too often and the dead are
// left alone. Times are those of one clock that does not jump, whichever. Not thread-safe.
class ServerTable {
 public:
  struct Limits {
    double per_server = 20;                           // queries a second, to one address
    double total = 500;                               // to all together
    int failures = 3;                                 // in a row, then it is left alone
    absl::Duration shortest_rest = absl::Minutes(1);  // doubled each time,
    absl::Duration longest_rest = absl::Hours(1);     // up to this
    size_t most = 100'000;                            // addresses that are remembered
  };
  explicit ServerTable(Limits limits) : limits_(limits) {}

  // Takes the next turn with this server; when that is, not before `now`.
  absl::Time TakeTurn(const registry::IpAddress& server, absl::Time now);
  // Takes the next turn of all, likewise, when that of the server has come.
  absl::Time TakeTurn(absl::Time now);

  // Whether it is to be left alone now.
  bool Rests(const registry::IpAddress& server, absl::Time now) const;
  void NoteAnswer(const registry::IpAddress& server);
  void NoteSilence(const registry::IpAddress& server, absl::Time now);
  // Of those that are remembered, how many rest.
  size_t Resting(absl::Time now) const;

 private:
  struct Entry {
    absl::Time next = absl::InfinitePast();  // turn
    int failures = 0;                        // in a row
    absl::Duration rest;                     // the last one
    absl::Time rests_until = absl::InfinitePast();
  };
  Entry& Find(const registry::IpAddress& server, absl::Time now);

  const Limits limits_;
  absl::Time next_ = absl::InfinitePast();
  absl::flat_hash_map<std::string, Entry> entries_;  // by the octets of the address
};

}  // namespace cds
