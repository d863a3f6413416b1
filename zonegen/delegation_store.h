#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "registry/model/record_ttls.h"
#include "zonegen/blocks.h"
#include "zonegen/canonical_order.h"

namespace zonegen {

// A delegation as it is kept: in some 14 octets beside those of its label.
struct PackedDelegation {
  uint64_t order;  // LabelPlace::rest
  const char* octets;

  std::string_view label() const;
  // Asks the memory for what Unpack will read.
  void Prefetch() const { __builtin_prefetch(octets); }
  friend bool operator<(const PackedDelegation& a, const PackedDelegation& b) {
    return a.order != b.order ? a.order < b.order : a.label() < b.label();
  }
};

// What is packed. To be used for one after the other, for its memory's sake.
struct UnpackedDelegation {
  std::string_view label;
  std::vector<uint32_t> servers;     // numbers of hosts (host_table.h), ascending
  std::vector<std::string_view> ds;  // rdata of the DS records
  registry::DelegationTtls ttls;
};
void Unpack(const PackedDelegation& packed, UnpackedDelegation& unpacked);

// The delegations of a zone of millions of names until they are written. They are added in any
// order, to parts of the zone (canonical_order.h); a part is sorted when its turn comes, within the
// processor's cache.
class DelegationStore {
 public:
  // `readers`: how many threads add.
  explicit DelegationStore(int readers);

  // By several threads at once, each with its own `reader`. kDataLoss: no label of a zone, or more
  // than there may be of one name.
  absl::Status Add(int reader, const UnpackedDelegation& delegation);
  int64_t size() const;

  // After the last Add, in canonical order. Of different parts by several threads at once.
  std::vector<PackedDelegation> Sorted(int part) const;
  // Gives the part's memory back.
  void Clear(int part);

 private:
  struct Reader {
    std::vector<Blocks> parts;
    int64_t count = 0;
  };
  std::vector<Reader> readers_;
};

}  // namespace zonegen
