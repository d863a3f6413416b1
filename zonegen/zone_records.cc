#include "zonegen/zone_records.h"

#include "registry/base/text.h"
#include "zonegen/master_file_reader.h"
#include "zonegen/zone_text.h"

namespace zonegen {
namespace {

using registry::Concat;

void Append16(std::string& out, uint16_t number) {
  out.push_back(static_cast<char>(number >> 8));
  out.push_back(static_cast<char>(number & 0xff));
}

void Append32(std::string& out, uint32_t number) {
  Append16(out, static_cast<uint16_t>(number >> 16));
  Append16(out, static_cast<uint16_t>(number & 0xffff));
}

std::string DsRdata(const registry::DsRecord& ds) {
  std::string rdata;
  Append16(rdata, ds.key_tag);
  rdata.push_back(static_cast<char>(ds.algorithm));
  rdata.push_back(static_cast<char>(ds.digest_type));
  return rdata + ds.digest;
}

}  // namespace

absl::StatusOr<ZoneRecords> ZoneRecords::Make(const registry::TldPolicy& policy) {
  if (absl::Status status = CheckApex(policy); !status.ok()) return status;
  ZoneRecords records;
  records.tld_ = policy.tld;
  records.soa_names_ = WireName(policy.soa_mname) + WireName(policy.soa_rname);
  for (uint32_t timer :
       {policy.soa_refresh, policy.soa_retry, policy.soa_expire, policy.soa_minimum}) {
    Append32(records.soa_timers_, timer);
  }
  records.soa_ttl_ = records.apex_txt_ttl_ = policy.soa_ttl;
  records.ns_ = registry::NsTtlLimits(policy);
  records.ds_ = registry::DsTtlLimits(policy);
  records.glue_ = registry::GlueTtlLimits(policy);
  for (const std::string& server : policy.name_servers) {
    records.fixed_[policy.tld].push_back({kTypeNs, policy.apex_ns_ttl, WireName(server)});
  }
  std::string text;
  for (const std::string& line : policy.static_records) text += Concat(line, "\n");
  auto reader = MasterFileReader::OfText(text, policy.tld, policy.ns_ttl);
  if (!reader.ok()) return reader.status();
  std::string wire;
  DnsRecord record;
  while (true) {
    const auto more = (*reader)->Next(&wire, &record);
    if (!more.ok()) {
      return absl::InvalidArgumentError(
          Concat("the static records of ", policy.tld, ": ", std::string(more.status().message())));
    }
    if (!*more) break;
    const std::string owner = NameText(wire);
    if (owner == policy.tld && record.type == kTypeTxt) records.apex_txt_ttl_ = record.ttl;
    records.fixed_[owner].push_back(record);
  }
  return records;
}

const std::vector<DnsRecord>& ZoneRecords::FixedAt(const std::string& owner) const {
  static const std::vector<DnsRecord> kNone;
  const auto found = fixed_.find(owner);
  return found == fixed_.end() ? kNone : found->second;
}

DnsRecord ZoneRecords::Soa(uint32_t serial) const {
  DnsRecord soa{kTypeSoa, soa_ttl_, soa_names_};
  Append32(soa.rdata, serial);
  soa.rdata += soa_timers_;
  return soa;
}

std::vector<DnsRecord> ZoneRecords::Delegated(const registry::Delegation& delegation) const {
  std::vector<DnsRecord> records;
  for (const registry::DomainName& server : delegation.name_servers) {
    records.push_back({kTypeNs, ns_.InForce(delegation.ttls.ns), WireName(server.text())});
  }
  for (const registry::DsRecord& ds : delegation.ds) {
    records.push_back({kTypeDs, ds_.InForce(delegation.ttls.ds), DsRdata(ds)});
  }
  return records;
}

std::vector<DnsRecord> ZoneRecords::Addresses(const registry::Delegation::Glue& glue) const {
  std::vector<DnsRecord> records;
  for (const registry::IpAddress& address : glue.addresses) {
    const bool v4 = address.family() == registry::IpAddress::Family::kV4;
    records.push_back({v4 ? kTypeA : kTypeAaaa, glue_.InForce(v4 ? glue.ttls.a : glue.ttls.aaaa),
                       std::string(address.octets())});
  }
  return records;
}

}  // namespace zonegen
