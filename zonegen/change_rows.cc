#include "zonegen/change_rows.h"

#include <algorithm>
#include <string>
#include <vector>

#include "registry/store/delegation_reader.h"

namespace zonegen {
namespace {

constexpr int kFirstUsers = 4;
constexpr int kMostUsers = 4096;

}  // namespace

absl::Status ReadRows(registry::store::Connection& connection, std::string_view kept_under,
                      ZoneChange& change) {
  const auto changed = registry::store::ReadChanged(connection, change.domains(), change.hosts());
  if (!changed.ok()) return changed.status();
  change.TakeChanged(*changed);
  std::vector<registry::HostKey> keys = change.keys();
  std::vector<std::string> names = change.names();
  for (int limit = kFirstUsers;; limit = std::min(limit * 8, kMostUsers)) {
    const auto hosts =
        registry::store::ReadHosts(connection, keys, names, change.users(), kept_under, limit);
    if (!hosts.ok()) return hosts.status();
    if (change.TakeHosts(*hosts, limit)) return absl::OkStatus();
    keys.clear();
    names.clear();
  }
}

}  // namespace zonegen
