#include "registry/rules/delegation.h"

#include <algorithm>

namespace registry {
namespace {

// An address record below the TLD is in this zone or nowhere: without it the referral leads
// nobody to the name server.
bool NeedsGlue(const Host& host, const Domain& domain) {
  return !host.addresses.empty() && host.name.IsBelow(domain.name.tld());
}

}  // namespace

bool IsPublished(const Domain& domain) {
  const bool in_force =
      domain.phase == DomainPhase::kActive || domain.phase == DomainPhase::kPendingRestore;
  return in_force && !domain.statuses.Has(Status::kClientHold) &&
         !domain.statuses.Has(Status::kServerHold);
}

Delegation DelegationOf(const Domain& domain, const std::vector<const Host*>& hosts) {
  Delegation delegation;
  delegation.name = domain.name;
  if (!IsPublished(domain) || hosts.empty()) return delegation;
  for (const Host* host : hosts) {
    delegation.name_servers.push_back(host->name);
    if (NeedsGlue(*host, domain)) {
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
