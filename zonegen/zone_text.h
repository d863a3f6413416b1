#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "registry/model/tld_policy.h"
#include "registry/rules/delegation.h"
#include "registry/rules/record_ttls.h"

namespace zonegen {

// Writes the lines of a master file (RFC 1035 section 5): one record a line, `owner TTL IN type
// rdata` with one tab between. Owners are relative to $ORIGIN, names in rdata absolute, so that
// every line but the first two can be read alone.
class ZoneText {
 public:
  // Keeps no reference to `policy`.
  explicit ZoneText(const registry::TldPolicy& policy);

  // The first lines up to the SOA record, which is the only one that a new serial changes.
  std::string Head(uint32_t serial) const;
  // The apex NS records and the policy's own records, in the policy's order.
  std::string Apex() const;
  // NS and DS records. Not the glue: a host serves many delegations and stands in the zone once.
  void AppendDelegation(const registry::Delegation& delegation, std::string& out) const;
  // The same one by one, for `owner` relative to the zone; `rdata` as DsRecord::ToString has it.
  void AppendNs(std::string_view owner, registry::Ttl chosen, std::string_view server,
                std::string& out) const;
  void AppendDs(std::string_view owner, registry::Ttl chosen, std::string_view rdata,
                std::string& out) const;
  void AppendGlue(const registry::Delegation::Glue& glue, std::string& out) const;

 private:
  std::string_view Relative(const registry::DomainName& name) const;

  std::string tld_;
  std::string head_;    // up to the serial
  std::string timers_;  // behind it
  std::string apex_;
  // The middle of a line: TTL, class and type with the tabs around them.
  struct Middle {
    std::string_view type;
    registry::TtlLimits limits;
    std::string standard;  // with the TLD's own TTL
  };
  static Middle MiddleOf(std::string_view type, const registry::TtlLimits& limits);
  // With the TTL chosen.
  static void AppendMiddle(const Middle& middle, registry::Ttl chosen, std::string& out);

  Middle ns_, ds_, a_, aaaa_;
};

// What a zone cannot be without: SOA names and name servers. kFailedPrecondition, naming what is
// missing.
absl::Status CheckApex(const registry::TldPolicy& policy);

// The names, absolute and without the final dot, that the policy's own records stand at.
absl::flat_hash_set<std::string> StaticOwners(const registry::TldPolicy& policy);

}  // namespace zonegen
