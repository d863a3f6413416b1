#include "zonegen/zone_builder.h"

#include <algorithm>
#include <utility>

#include "registry/base/text.h"
#include "registry/lifecycle/project.h"
#include "registry/rules/delegation.h"
#include "zonegen/canonical_order.h"

namespace zonegen {
namespace {

using registry::Concat;
using registry::Delegation;
using registry::Domain;
using registry::Host;
using registry::HostKey;
using registry::store::ZoneDomainRow;
using registry::store::ZoneHostRow;

constexpr size_t kPieceBytes = 256 << 10;
constexpr size_t kMostWaitingBytes = 16 << 20;
constexpr size_t kAhead = 8;  // delegations, that the memory is asked for

// DsRecord::StoredText is ToString and, where the key is known, a blank and that.
std::string_view RdataOf(std::string_view stored) {
  size_t end = 0;
  for (int field = 0; field < 4 && end != std::string_view::npos; ++field) {
    end = stored.find(' ', field == 0 ? 0 : end + 1);
  }
  return stored.substr(0, end);
}

}  // namespace

ZoneBuilder::ZoneBuilder(const registry::TldPolicy& policy, absl::Time now, int threads)
    : tld_(policy.tld),
      now_(now),
      threads_(threads),
      text_(policy),
      static_owners_(StaticOwners(policy)),
      hosts_(policy.tld, threads),
      delegations_(threads),
      readers_(static_cast<size_t>(threads)),
      glue_(kLabelParts) {}

absl::Status ZoneBuilder::Take(int reader, const ZoneHostRow& host) {
  hosts_.Add(reader, host);
  return absl::OkStatus();
}

absl::Status ZoneBuilder::HostsAreComplete() {
  hosts_.Seal();
  for (Reader& reader : readers_) reader.uses.resize(hosts_.size());
  return absl::OkStatus();
}

absl::Status ZoneBuilder::Take(int reader, const ZoneDomainRow& domain) {
  if (domain.name_servers.empty()) return absl::OkStatus();
  UnpackedDelegation& delegation = readers_[static_cast<size_t>(reader)].delegation;
  delegation.ds.clear();
  for (std::string_view stored : domain.ds) delegation.ds.push_back(RdataOf(stored));
  delegation.ttls = domain.ttls;
  return Add(reader, domain.label, domain.name_servers);
}

absl::Status ZoneBuilder::Take(const Domain& row, const registry::Directory& directory) {
  const registry::Projection projection = registry::Project(row, now_, directory);
  if (!projection.domain) return absl::OkStatus();
  const Domain& domain = *projection.domain;
  if (ZonePartOf(domain.phase, domain.statuses) == registry::ZonePart::kDependsOnTheTime) {
    next_event_ = std::min(next_event_, registry::NextEvent(domain));
  }
  UnpackedDelegation& unpacked = readers_[0].delegation;
  if (absl::Status status = FindServers(domain.name.label(), domain.name_servers, unpacked);
      !status.ok()) {
    return status;
  }
  std::vector<Host> hosts;
  for (const uint32_t server : unpacked.servers) hosts.push_back(hosts_.ToHost(server));
  std::vector<const Host*> pointers;
  for (const Host& host : hosts) pointers.push_back(&host);
  const Delegation delegation = registry::DelegationOf(domain, pointers);
  if (delegation.empty()) return absl::OkStatus();
  std::vector<std::string> rdata;
  for (const registry::DsRecord& record : delegation.ds) rdata.push_back(record.ToString());
  unpacked.ds.assign(rdata.begin(), rdata.end());
  unpacked.ttls = delegation.ttls;
  return Add(0, delegation.name.label(), domain.name_servers);
}

absl::Status ZoneBuilder::Add(int reader, std::string_view label,
                              std::span<const HostKey> servers) {
  Reader& own = readers_[static_cast<size_t>(reader)];
  own.delegation.label = label;
  if (absl::Status status = FindServers(label, servers, own.delegation); !status.ok()) {
    return status;
  }
  for (const uint32_t server : own.delegation.servers) own.uses[server] = true;
  return delegations_.Add(reader, own.delegation);
}

absl::Status ZoneBuilder::FindServers(std::string_view label, std::span<const HostKey> servers,
                                      UnpackedDelegation& delegation) const {
  delegation.servers.clear();
  for (const HostKey key : servers) {
    const auto host = hosts_.Find(key);
    if (!host) {
      return absl::DataLossError(Concat(label, ".", tld_, " has the name server ",
                                        registry::Number(key), ", which does not exist"));
    }
    delegation.servers.push_back(*host);
  }
  std::ranges::sort(delegation.servers);
  return absl::OkStatus();
}

bool ZoneBuilder::IsUsed(uint32_t host) const {
  return std::ranges::any_of(readers_, [host](const Reader& reader) { return reader.uses[host]; });
}

absl::flat_hash_set<HostKey> ZoneBuilder::TakeHosts() const {
  absl::flat_hash_set<HostKey> used;
  for (uint32_t host = 0; host < hosts_.size(); ++host) {
    if (IsUsed(host)) used.insert(hosts_.key(host));
  }
  return used;
}

absl::Status ZoneBuilder::FindGlue() {
  for (uint32_t host = 0; host < hosts_.size(); ++host) {
    if (!hosts_.is_glue(host) || !IsUsed(host)) continue;
    // The operator's own records for a name stand for all of it.
    if (static_owners_.contains(std::string(hosts_.name(host)))) continue;
    const auto place = PlaceOf(LabelBelow(hosts_.name(host), tld_));
    if (!place) {
      return absl::DataLossError(Concat("\"", hosts_.name(host), "\" is not a name of a zone"));
    }
    glue_[place->part].push_back(host);
  }
  return absl::OkStatus();
}

absl::Status ZoneBuilder::Write(uint32_t serial, OutputFile& out) {
  if (absl::Status status = FindGlue(); !status.ok()) return status;
  absl::Status status = out.Append(text_.Head(serial));
  if (status.ok()) status = out.Append(text_.Apex());
  if (!status.ok()) return status;
  const OrderedParts parts{threads_, kLabelParts, kMostWaitingBytes};
  return parts.Run(
      [this](int part, const OrderedParts::Emit& emit) { return WritePart(part, emit); },
      [&out](std::string_view piece) { return out.Append(piece); });
}

absl::Status ZoneBuilder::WritePart(int part, const OrderedParts::Emit& emit) {
  std::vector<uint32_t>& glue = glue_[static_cast<size_t>(part)];
  std::ranges::sort(glue, [this](uint32_t a, uint32_t b) {
    return CanonicalLess(hosts_.name(a), hosts_.name(b));
  });
  auto next_glue = glue.begin();
  std::string lines;
  std::string_view last;
  const auto label_of = [&](uint32_t host) { return LabelBelow(hosts_.name(host), tld_); };
  std::string_view glue_label = glue.empty() ? std::string_view() : label_of(glue.front());
  const auto append_glue_before = [&](std::string_view label) {
    while (next_glue != glue.end() && (label.empty() || glue_label < label)) {
      AppendGlue(*next_glue, lines);
      if (++next_glue != glue.end()) glue_label = label_of(*next_glue);
    }
  };
  UnpackedDelegation delegation;
  const std::vector<PackedDelegation> sorted = delegations_.Sorted(part);
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (i + kAhead < sorted.size()) sorted[i + kAhead].Prefetch();
    Unpack(sorted[i], delegation);
    if (delegation.label == last) {
      return absl::InternalError(Concat(last, ".", tld_, " is there twice"));
    }
    last = delegation.label;
    append_glue_before(delegation.label);
    AppendDelegation(delegation, lines);
    if (lines.size() < kPieceBytes) continue;
    if (absl::Status status = emit(lines); !status.ok()) return status;
  }
  append_glue_before({});
  delegations_.Clear(part);
  return lines.empty() ? absl::OkStatus() : emit(lines);
}

void ZoneBuilder::AppendDelegation(const UnpackedDelegation& delegation, std::string& out) const {
  for (const uint32_t server : delegation.servers) {
    text_.AppendNs(delegation.label, delegation.ttls.ns, hosts_.name(server), out);
  }
  for (std::string_view record : delegation.ds) {
    text_.AppendDs(delegation.label, delegation.ttls.ds, record, out);
  }
}

void ZoneBuilder::AppendGlue(uint32_t number, std::string& out) const {
  const Host host = hosts_.ToHost(number);
  text_.AppendGlue({host.name, host.addresses, host.ttls}, out);
}

}  // namespace zonegen
