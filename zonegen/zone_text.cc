#include "zonegen/zone_text.h"

#include "registry/base/text.h"

namespace zonegen {
namespace {

using registry::Concat;

std::string TtlAndType(uint32_t ttl, std::string_view type) {
  return Concat("\t", ttl, "\tIN\t", type, "\t");
}

}  // namespace

ZoneText::ZoneText(const registry::TldPolicy& policy)
    : tld_(policy.tld),
      head_(Concat("$ORIGIN ", policy.tld, ".\n$TTL ", policy.ns_ttl, "\n@",
                   TtlAndType(policy.soa_ttl, "SOA"), policy.soa_mname, ". ", policy.soa_rname,
                   ". ")),
      timers_(Concat(" ", policy.soa_refresh, " ", policy.soa_retry, " ", policy.soa_expire, " ",
                     policy.soa_minimum, "\n")),
      ns_(MiddleOf("NS", registry::NsTtlLimits(policy))),
      ds_(MiddleOf("DS", registry::DsTtlLimits(policy))),
      a_(MiddleOf("A", registry::GlueTtlLimits(policy))),
      aaaa_(MiddleOf("AAAA", registry::GlueTtlLimits(policy))) {
  const std::string apex_ns = TtlAndType(policy.apex_ns_ttl, "NS");
  for (const std::string& server : policy.name_servers) {
    apex_ += Concat("@", apex_ns, server, ".\n");
  }
  for (const std::string& record : policy.static_records) apex_ += Concat(record, "\n");
}

std::string ZoneText::Head(uint32_t serial) const { return Concat(head_, serial, timers_); }

std::string ZoneText::Apex() const { return apex_; }

std::string_view ZoneText::Relative(const registry::DomainName& name) const {
  std::string_view text = name.text();
  text.remove_suffix(tld_.size() + 1);
  return text;
}

ZoneText::Middle ZoneText::MiddleOf(std::string_view type, const registry::TtlLimits& limits) {
  return {type, limits, TtlAndType(limits.standard, type)};
}

std::string_view ZoneText::For(const Middle& middle, registry::Ttl chosen, std::string& space) {
  if (!chosen) return middle.standard;
  space = TtlAndType(middle.limits.InForce(chosen), middle.type);
  return space;
}

void ZoneText::AppendDelegation(const registry::Delegation& delegation, std::string& out) const {
  const std::string_view owner = Relative(delegation.name);
  std::string ns_space, ds_space;
  const std::string_view ns = For(ns_, delegation.ttls.ns, ns_space);
  const std::string_view ds = For(ds_, delegation.ttls.ds, ds_space);
  for (const registry::DomainName& server : delegation.name_servers) {
    out.append(owner).append(ns).append(server.text()).append(".\n");
  }
  for (const registry::DsRecord& record : delegation.ds) {
    out.append(owner).append(ds).append(record.ToString()).append("\n");
  }
}

void ZoneText::AppendGlue(const registry::Delegation::Glue& glue, std::string& out) const {
  const std::string_view owner = Relative(glue.host);
  std::string a_space, aaaa_space;
  const std::string_view a = For(a_, glue.ttls.a, a_space);
  const std::string_view aaaa = For(aaaa_, glue.ttls.aaaa, aaaa_space);
  for (const registry::IpAddress& address : glue.addresses) {
    const bool v4 = address.family() == registry::IpAddress::Family::kV4;
    out.append(owner).append(v4 ? a : aaaa).append(address.ToString()).append("\n");
  }
}

absl::Status CheckApex(const registry::TldPolicy& policy) {
  std::string missing;
  if (policy.soa_mname.empty()) missing += " soa_mname";
  if (policy.soa_rname.empty()) missing += " soa_rname";
  if (policy.name_servers.empty()) missing += " name_server";
  if (missing.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError(Concat("the policy of ", policy.tld,
                                              " has no apex for a zone; missing:", missing,
                                              " (see postelctl tld apply)"));
}

absl::flat_hash_set<std::string> StaticOwners(const registry::TldPolicy& policy) {
  absl::flat_hash_set<std::string> owners;
  for (const std::string& record : policy.static_records) {
    std::string owner = record.substr(0, record.find_first_of(" \t"));
    for (char& c : owner) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    if (owner.ends_with('.')) {
      owner.pop_back();
    } else {
      owner = owner == "@" ? policy.tld : Concat(owner, ".", policy.tld);
    }
    owners.insert(std::move(owner));
  }
  return owners;
}

}  // namespace zonegen
