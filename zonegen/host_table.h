#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "registry/model/host.h"
#include "registry/store/zone_reader.h"
#include "registry/types/keys.h"
#include "zonegen/blocks.h"

namespace zonegen {

// All hosts of a registry, each in little more than the octets of its name: with what a zone may
// need of them. After Seal they are numbered by their names, octet by octet, so that numbers sort
// as names do.
class HostTable {
 public:
  // `readers`: how many threads add. Addresses are kept of hosts that are glue below `tld`.
  HostTable(std::string tld, int readers);

  // By several threads at once, each with its own `reader`.
  void Add(int reader, const registry::store::ZoneHostRow& row);
  // After the last Add, before anything below.
  void Seal();

  uint32_t size() const { return static_cast<uint32_t>(keys_.size()); }
  std::optional<uint32_t> Find(registry::HostKey key) const;
  registry::HostKey key(uint32_t host) const { return keys_[host]; }
  std::string_view name(uint32_t host) const;
  // Whether delegations to it need its addresses in the zone.
  bool is_glue(uint32_t host) const;
  // With key and name; with addresses and TTLs if it is glue.
  registry::Host ToHost(uint32_t host) const;

 private:
  struct Entry {
    registry::HostKey key;
    const char* packed;  // name, number of addresses, for each its octets, TTLs if there are any
  };
  struct Reader {
    Blocks blocks;
    std::vector<Entry> hosts;
  };

  const std::string tld_;
  std::vector<Reader> readers_;
  std::vector<registry::HostKey> keys_;  // by number
  std::vector<const char*> packed_;      // by number
  absl::flat_hash_map<registry::HostKey, uint32_t> numbers_;
};

}  // namespace zonegen
