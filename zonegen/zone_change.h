#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/rules/delegation.h"
#include "registry/store/delegation_reader.h"
#include "registry/store/feed_reader.h"
#include "zonegen/dns_record.h"
#include "zonegen/zone_records.h"

namespace zonegen {

// What becomes of one owner name: these types go, then these records come.
struct OwnerUpdate {
  std::string owner;  // text
  std::vector<uint16_t> deleted;
  std::vector<DnsRecord> added;
  friend bool operator==(const OwnerUpdate&, const OwnerUpdate&) = default;
};

// What some changes of the registry come to in one zone. It says the state that the names have now,
// not the steps that led there: said twice it is as good as once. What a domain contributes is
// DelegationOf; a host's addresses are in the zone if some published delegation of it needs them
// (docs/decisions/0006-glue.md). No I/O: it says what has to be read, in this order:
//   Note..., Look     what may have changed
//   domains(), hosts() -> TakeChanged
//   keys(), names(), users() -> TakeHosts, again until it says true
//   Updates
// The directory and the records outlive it.
class ZoneChange {
 public:
  ZoneChange(const ZoneRecords& zone, const registry::Directory& directory, absl::Time now);

  // Entries of other TLDs are none of its business.
  void Note(const registry::store::FeedEntry& entry);
  void NoteDomain(const std::string& kept_as);  // by the name that it is kept under
  // Everything about this name of the zone is in doubt. The apex is not looked at.
  void Look(const std::string& owner);
  bool empty() const { return domains_.empty() && entries_.empty() && owners_.empty(); }

  std::vector<std::string> domains() const;  // by the names that they are kept under
  std::vector<registry::HostKey> hosts() const;
  void TakeChanged(const registry::store::ChangedRows& rows);
  // Hosts that have another name now: all that they serve has changed.
  const std::set<registry::HostKey>& renamed() const { return renamed_; }

  std::vector<registry::HostKey> keys() const;
  std::vector<std::string> names() const;
  const std::vector<registry::store::UsersOf>& users() const { return users_; }
  // `limit`: as many users of each were asked for. False: there are more to be seen.
  bool TakeHosts(const registry::store::HostRows& rows, int limit);

  // By owner.
  std::vector<OwnerUpdate> Updates();

 private:
  using Glue = registry::Delegation::Glue;

  void Suspect(const std::string& host);
  void SeeDomain(const registry::Domain& row);
  std::vector<const registry::Host*> HostsOf(const registry::Domain& domain) const;
  OwnerUpdate UpdateOf(const std::string& owner) const;
  void AppendDelegation(const std::string& owner, OwnerUpdate& update) const;
  void AppendGlue(const std::string& owner, OwnerUpdate& update) const;

  const ZoneRecords& zone_;
  const registry::Directory& directory_;
  const absl::Time now_;
  const std::string domains_of_;  // the TLD that the zone's domains are kept under

  std::set<std::string> domains_;                               // names in the zone
  std::map<registry::HostKey, std::set<std::string>> entries_;  // without the empty name
  std::set<std::string> owners_;

  std::map<std::string, registry::Domain> current_;  // by name in the zone, projected
  std::set<registry::HostKey> renamed_;
  // Hosts whose addresses may come or go. Those that are known by their keys only are with them.
  std::set<std::string> suspects_;
  std::set<registry::HostKey> suspect_keys_;
  std::vector<registry::store::UsersOf> users_;
  absl::flat_hash_map<registry::HostKey, registry::Host> hosts_;
  absl::flat_hash_map<std::string, registry::HostKey> host_keys_;
  std::map<std::string, Glue> needed_;  // by the host's name
};

}  // namespace zonegen
