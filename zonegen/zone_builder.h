#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/time/time.h"
#include "registry/model/domain.h"
#include "registry/model/tld_policy.h"
#include "registry/rules/delegation.h"
#include "registry/store/zone_reader.h"
#include "registry/types/keys.h"
#include "zonegen/output_file.h"
#include "zonegen/spool.h"
#include "zonegen/zone_text.h"

namespace zonegen {

// Makes a zone of the registry's domains: what each contributes is DelegationOf
// (registry/rules/delegation.h), and this puts it in canonical order. A host is glue for many
// delegations but stands in the zone once, at its own place, which may be before the first
// delegation that needs it. So the delegations wait in a spool until all are known.
// Memory: the hosts in use, and the names that share what stands before their first hyphen.
class ZoneBuilder {
 public:
  ZoneBuilder(const registry::TldPolicy& policy, absl::Time now, std::unique_ptr<Spool> spool);

  // Domains come by name; `row` is as stored. Both by octets of the whole name and by octets of the
  // label will do.
  absl::Status Add(const registry::Domain& row, const registry::store::ZoneSnapshot& snapshot);
  // After the last Add.
  absl::Status Finish();

  // After Finish: all lines of the zone.
  absl::Status Write(uint32_t serial, OutputFile& out);
  int64_t delegations() const { return delegations_; }
  // Whose change would change the zone.
  absl::flat_hash_set<registry::HostKey> TakeHosts() { return std::move(hosts_); }
  // When the clock next does something to a domain of the zone.
  absl::Time next_event() const { return next_event_; }

 private:
  struct Pending {
    std::string label;
    std::string text;
  };
  // Where glue below a label belongs: behind this many octets of the spool.
  struct GluePlace {
    std::string label;
    int64_t offset = 0;
  };

  void FindGluePlaces(const registry::store::HostMap& hosts);
  void NoteGlue(const registry::Delegation& delegation);
  absl::Status WritePending();
  void PassLabelsBefore(std::string_view label);

  const std::string tld_;
  const absl::Time now_;
  const ZoneText text_;
  const absl::flat_hash_set<std::string> static_owners_;
  const std::unique_ptr<Spool> spool_;

  bool started_ = false;
  std::vector<Pending> pending_;  // share a prefix
  std::string prefix_;
  std::string last_label_;  // in the spool

  std::vector<GluePlace> places_;                                      // by label
  size_t passed_ = 0;                                                  // so many have their offset
  absl::flat_hash_map<std::string, registry::Delegation::Glue> glue_;  // by host name

  int64_t delegations_ = 0;
  absl::flat_hash_set<registry::HostKey> hosts_;
  absl::Time next_event_ = absl::InfiniteFuture();
};

}  // namespace zonegen
