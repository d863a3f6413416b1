#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/dns/delegation.h"
#include "bench/load/name_series.h"

namespace bench {

// A stream of changes of made-up delegations, each of a name that no other change is open for: 3 in
// 10 create one with two name servers, 3 delete one, 2 change a name server, 2 add or remove a DS
// record. The first are creations, until there are some names to change. The same in every run.
class ZoneChanges {
 public:
  enum class Kind : uint8_t { kCreate, kServers, kDs, kDelete };
  static constexpr int kKinds = 4;
  static constexpr const char* kKindNames[kKinds] = {"create", "ns", "ds", "delete"};

  struct Change {
    Kind kind = Kind::kCreate;
    uint32_t number = 0;               // of the name
    std::string name;                  // as text
    std::vector<std::string> servers;  // as text, after the change; none after a deletion
    std::string added, removed;        // the name server that comes, and the one that goes
    uint16_t ds = 0;                   // the key tag after the change; 0: none
  };

  // `hosts`: names of at least three hosts that exist. So many names at least stay there.
  ZoneChanges(NameSeries fresh, std::vector<std::string> hosts, uint32_t names);

  Change Next();
  // Deletes a name that no change is open for; nothing if there is none.
  std::optional<Change> Remove();
  // The name may change again, or is not used any more.
  void Done(uint32_t number);
  void Lost(uint32_t number);

 private:
  struct Name {
    uint32_t number = 0;
    uint32_t host = 0;  // the first; the second is the next one or the one after it
    bool moved = false;
    uint16_t ds = 0;
    bool exists = false;
  };
  Kind Draw();
  Name Take(Kind kind);
  Change Make(Kind kind);
  Change Describe(Kind kind, const Name& before, const Name& after);
  std::string Second(const Name& name) const;

  NameSeries series_;
  const std::vector<std::string> hosts_;
  const size_t names_;
  std::minstd_rand random_{7};
  std::deque<Name> idle_;
  std::unordered_map<uint32_t, Name> open_;  // as they are after their change
  uint32_t made_ = 0;
  uint16_t key_tag_ = 0;
};

// How the zone stands when the change is in it.
Delegation WantedBy(const ZoneChanges::Change& change);

// The digest of the DS record with this key tag: SHA-256, algorithm 13. 64 hexadecimal digits.
std::string DigestOf(uint16_t key_tag);

}  // namespace bench
