#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"
#include "registry/model/tld_policy.h"
#include "registry/store/zone_reader.h"
#include "registry/types/keys.h"
#include "zonegen/delegation_store.h"
#include "zonegen/host_table.h"
#include "zonegen/ordered_parts.h"
#include "zonegen/output_file.h"
#include "zonegen/zone_text.h"

namespace zonegen {

// Makes a zone of the registry's domains: what each contributes is DelegationOf
// (registry/rules/delegation.h), and this puts it in canonical order. Rows come in any order and
// are kept compactly until all are there, since a host is glue for many delegations but stands in
// the zone once, at its own place. Then the zone is sorted and written part by part. Memory: the
// octets of all names that are delegated and of all hosts, and some 20 more for each.
class ZoneBuilder : public registry::store::ZoneSink {
 public:
  // `threads`: how many read, and later make the text; 1 to kMostZoneConnections.
  ZoneBuilder(const registry::TldPolicy& policy, absl::Time now, int threads);

  absl::Status Take(int reader, const registry::store::ZoneHostRow& host) override;
  absl::Status HostsAreComplete() override;
  absl::Status Take(int reader, const registry::store::ZoneDomainRow& domain) override;
  // Any row will do; those that it was made for are projected to `now`.
  absl::Status Take(const registry::Domain& row, const registry::Directory& directory) override;

  // After the last Take, once: all lines of the zone. kInternal: a name has come twice.
  absl::Status Write(uint32_t serial, OutputFile& out);
  int64_t delegations() const { return delegations_.size(); }
  // Whose change would change the zone.
  absl::flat_hash_set<registry::HostKey> TakeHosts() const;
  // When the clock next does something to a domain that changes the zone.
  absl::Time next_event() const { return next_event_; }

 private:
  // The memory of a thread that reads.
  struct Reader {
    std::vector<bool> uses;  // by host
    UnpackedDelegation delegation;
  };

  absl::Status Add(int reader, std::string_view label, std::span<const registry::HostKey> servers);
  absl::Status FindServers(std::string_view label, std::span<const registry::HostKey> servers,
                           UnpackedDelegation& delegation) const;
  bool IsUsed(uint32_t host) const;
  absl::Status FindGlue();
  absl::Status WritePart(int part, const OrderedParts::Emit& emit);
  void AppendDelegation(const UnpackedDelegation& delegation, std::string& out) const;
  void AppendGlue(uint32_t host, std::string& out) const;

  const std::string tld_;
  const absl::Time now_;
  const int threads_;
  const ZoneText text_;
  const absl::flat_hash_set<std::string> static_owners_;

  HostTable hosts_;
  DelegationStore delegations_;
  std::vector<Reader> readers_;
  std::vector<std::vector<uint32_t>> glue_;  // by part, in canonical order
  absl::Time next_event_ = absl::InfiniteFuture();
};

}  // namespace zonegen
