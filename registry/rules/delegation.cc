#include "registry/rules/delegation.h"

#include <algorithm>

namespace registry {
namespace {

bool IsPublished(DomainPhase phase, StatusSet statuses) {
  const bool in_force = phase == DomainPhase::kActive || phase == DomainPhase::kPendingRestore;
  return in_force && !statuses.Has(Status::kClientHold) && !statuses.Has(Status::kServerHold);
}

}  // namespace

bool NeedsGlue(const Host& host, std::string_view tld) {
  return !host.addresses.empty() && host.name.IsBelow(tld);
}

bool IsPublished(const Domain& domain) { return IsPublished(domain.phase, domain.statuses); }

ZonePart ZonePartOf(DomainPhase phase, StatusSet statuses) {
  if (!IsPublished(phase, statuses)) return ZonePart::kNothing;
  return phase == DomainPhase::kPendingRestore ? ZonePart::kDependsOnTheTime
                                               : ZonePart::kDelegation;
}

Delegation DelegationOf(const Domain& domain, const std::vector<const Host*>& hosts) {
  Delegation delegation;
  delegation.name = domain.name;
  if (!IsPublished(domain) || hosts.empty()) return delegation;
  for (const Host* host : hosts) {
    delegation.name_servers.push_back(host->name);
    if (NeedsGlue(*host, domain.name.tld())) {
      delegation.glue.push_back({host->name, host->addresses, host->ttls});
    }
  }
  std::ranges::sort(delegation.name_servers);
  std::ranges::sort(delegation.glue, {}, &Delegation::Glue::host);
  delegation.ds = domain.ds;
  delegation.ttls = domain.ttls;
  return delegation;
}

}  // namespace registry
