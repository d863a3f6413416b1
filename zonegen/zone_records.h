#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "registry/model/tld_policy.h"
#include "registry/rules/delegation.h"
#include "registry/rules/record_ttls.h"
#include "zonegen/dns_record.h"

namespace zonegen {

// The records of a zone in wire form: the same as ZoneText writes (zone_text.h).
class ZoneRecords {
 public:
  // kFailedPrecondition: the policy has no apex (CheckApex). kInvalidArgument: a static record that
  // cannot be read.
  static absl::StatusOr<ZoneRecords> Make(const registry::TldPolicy& policy);

  const std::string& tld() const { return tld_; }
  DnsRecord Soa(uint32_t serial) const;
  std::vector<DnsRecord> Delegated(const registry::Delegation& delegation) const;  // NS and DS
  std::vector<DnsRecord> Addresses(const registry::Delegation::Glue& glue) const;
  // The policy's own, by owner (as text); those of the apex with its NS records.
  const std::map<std::string, std::vector<DnsRecord>>& fixed() const { return fixed_; }
  // Of one owner; empty if it has none.
  const std::vector<DnsRecord>& FixedAt(const std::string& owner) const;
  bool IsFixed(const std::string& owner) const { return fixed_.contains(owner); }
  // Of the TXT records at the apex, of which there may be none.
  uint32_t apex_txt_ttl() const { return apex_txt_ttl_; }

  friend bool operator==(const ZoneRecords&, const ZoneRecords&) = default;

 private:
  ZoneRecords() = default;

  std::string tld_;
  std::string soa_names_, soa_timers_;
  uint32_t soa_ttl_ = 0, apex_txt_ttl_ = 0;
  registry::TtlLimits ns_, ds_, glue_;
  std::map<std::string, std::vector<DnsRecord>> fixed_;
};

}  // namespace zonegen
