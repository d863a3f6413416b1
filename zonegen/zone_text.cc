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

void ZoneText::AppendMiddle(const Middle& middle, registry::Ttl chosen, std::string& out) {
  if (chosen) {
    out += TtlAndType(middle.limits.InForce(chosen), middle.type);
  } else {
    out += middle.standard;
  }
}

void ZoneText::AppendNs(std::string_view owner, registry::Ttl chosen, std::string_view server,
                        std::string& out) const {
  out += owner;
  AppendMiddle(ns_, chosen, out);
  out.append(server).append(".\n");
}

void ZoneText::AppendDs(std::string_view owner, registry::Ttl chosen, std::string_view rdata,
                        std::string& out) const {
  out += owner;
  AppendMiddle(ds_, chosen, out);
  out.append(rdata).append("\n");
}

void ZoneText::AppendDelegation(const registry::Delegation& delegation, std::string& out) const {
  const std::string_view owner = Relative(delegation.name);
  for (const registry::DomainName& server : delegation.name_servers) {
    AppendNs(owner, delegation.ttls.ns, server.text(), out);
  }
  for (const registry::DsRecord& record : delegation.ds) {
    AppendDs(owner, delegation.ttls.ds, record.ToString(), out);
  }
}

void ZoneText::AppendGlue(const registry::Delegation::Glue& glue, std::string& out) const {
  const std::string_view owner = Relative(glue.host);
  for (const registry::IpAddress& address : glue.addresses) {
    const bool v4 = address.family() == registry::IpAddress::Family::kV4;
    out += owner;
    AppendMiddle(v4 ? a_ : aaaa_, v4 ? glue.ttls.a : glue.ttls.aaaa, out);
    out.append(address.ToString()).append("\n");
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
