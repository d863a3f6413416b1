#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/domain.h"
#include "registry/model/host.h"
#include "registry/types/keys.h"

namespace registry::store {

class Connection;

// What a change of the zone is made of, read by key: each function is one round trip, however many
// objects are asked for. Domains are as their rows say, without authInfo and contacts; the caller
// projects them. Domains are asked for by the names that they are kept under (model/bundles.h).

struct ChangedRows {
  std::vector<Domain> domains;  // those that there are, in any order
  std::vector<Host> hosts;
};
absl::StatusOr<ChangedRows> ReadChanged(Connection& connection,
                                        const std::vector<std::string>& domains,
                                        const std::vector<HostKey>& hosts);

// Who is served by a host, given by its key or, if that is zero, its name: those behind `after`, by
// key.
struct UsersOf {
  HostKey host{};
  std::string name;
  DomainKey after{};
};
struct HostUser {
  HostKey host{};
  Domain domain;
};
struct HostRows {
  std::vector<Host> hosts;
  std::vector<HostUser> users;  // by host, and of each by key
};
// The hosts with these keys or names, and of each of `users` at most `limit` domains of the TLD.
absl::StatusOr<HostRows> ReadHosts(Connection& connection, const std::vector<HostKey>& keys,
                                   const std::vector<std::string>& names,
                                   const std::vector<UsersOf>& users, std::string_view tld,
                                   int limit);

struct NamedDomain {
  DomainKey key{};
  std::string name;
};
// The domains of the TLD that a host serves, by key: at most `limit` behind `after`.
absl::StatusOr<std::vector<NamedDomain>> ReadServed(Connection& connection, HostKey host,
                                                    DomainKey after, std::string_view tld,
                                                    int limit);

struct DueDomain {
  absl::Time at;
  std::string name;
};
// Domains of the TLD that the clock does something to after `after` and not after `until`, by time;
// at most `limit`.
absl::StatusOr<std::vector<DueDomain>> ReadDue(Connection& connection, absl::Time after,
                                               absl::Time until, std::string_view tld, int limit);

// Whatever a snapshot taken before this call shows was written by transactions below this number.
absl::StatusOr<uint64_t> ReadTransactionBarrier(Connection& connection);

// Takes the lock of this name for as long as the connection lives. False: somebody else has it.
absl::StatusOr<bool> TryLock(Connection& connection, std::string_view name);

}  // namespace registry::store
