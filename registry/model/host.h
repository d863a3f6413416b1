#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/time/time.h"
#include "registry/model/record_ttls.h"
#include "registry/types/domain_name.h"
#include "registry/types/ip_address.h"
#include "registry/types/keys.h"
#include "registry/types/status.h"

namespace registry {

// RFC 5732 section 2. A host below a domain of ours is subordinate to it: it has the domain's
// sponsor, whoever that is at the moment (rules/superordinate_domain.h), and needs addresses
// (glue); any other host is external and has none.
struct Host {
  HostKey key{};
  DomainName name;
  RegistrarKey sponsor = kNoRegistrar;  // of external hosts only
  RegistrarKey creator = kNoRegistrar;
  RegistrarKey updater = kNoRegistrar;
  absl::Time created;
  std::optional<absl::Time> updated;
  std::optional<absl::Time> transferred;
  StatusSet statuses;
  std::vector<IpAddress> addresses;  // sorted, unique
  DomainKey superordinate{};         // zero: external
  AddressTtls ttls;                  // of subordinate hosts only
  int32_t version = 1;

  friend bool operator==(const Host&, const Host&) = default;
};

}  // namespace registry
