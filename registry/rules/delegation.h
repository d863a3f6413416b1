#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/model/tld_policy.h"

namespace registry {

// What a domain contributes to its TLD's zone. The zone generator writes this, for the whole zone
// and for each change, and nothing else.
struct Delegation {
  struct Glue {
    DomainName host;
    std::vector<IpAddress> addresses;
    AddressTtls ttls;
    friend bool operator==(const Glue&, const Glue&) = default;
  };
  DomainName name;
  std::vector<DomainName> name_servers;  // sorted
  std::vector<DsRecord> ds;
  std::vector<Glue> glue;  // sorted; name servers inside the delegated name itself or below other
                           // names of this TLD
  DelegationTtls ttls;

  bool empty() const { return name_servers.empty(); }
  friend bool operator==(const Delegation&, const Delegation&) = default;
};

// `domain` as it is now (projected). `hosts`: those of its name_servers. Empty when the domain is
// not delegated: on hold, in redemption or pending deletion, without name servers. Glue is narrow:
// only for name servers of a delegation, and only for names below this TLD.
Delegation DelegationOf(const Domain& domain, const std::vector<const Host*>& hosts);

// Whether delegations to the host need its addresses in the zone `tld`: below the TLD they are
// there or nowhere, and without them the referral leads nobody to the name server.
bool NeedsGlue(const Host& host, std::string_view tld);

// Whether the domain is in the zone at all, apart from having name servers.
bool IsPublished(const Domain& domain);

// What a stored domain contributes, as far as its row can tell without the time.
enum class ZonePart : uint8_t {
  kNothing,           // whenever it is asked
  kDelegation,        // its name servers and DS records as they are stored
  kDependsOnTheTime,  // Project knows
};
// The clock's transitions change neither holds nor name servers, DS records and their TTLs, and
// bring nothing back into the zone; they take out what was not restored in time.
ZonePart ZonePartOf(DomainPhase phase, StatusSet statuses);

}  // namespace registry
