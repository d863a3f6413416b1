#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "registry/model/directory.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"

namespace registry::store {

using HostMap = absl::flat_hash_map<HostKey, Host>;

// One consistent moment of the registry.
struct ZoneSnapshot {
  std::shared_ptr<const Directory> directory;
  HostMap hosts;  // all of them
};

// Streams the domains of a TLD by name (octet order) as their rows say; the caller projects them.
// Without authInfo and contacts. Ends early with the status of `each` if that is not ok. Gives the
// number of domains.
absl::StatusOr<int64_t> ReadZone(
    const std::string& database, std::string_view tld,
    const std::function<absl::Status(const Domain&, const ZoneSnapshot&)>& each);

}  // namespace registry::store
