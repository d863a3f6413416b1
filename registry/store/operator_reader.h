#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/model/directory.h"
#include "registry/types/keys.h"
#include "registry/types/money.h"
#include "registry/types/roid.h"

namespace registry::store {

// What `postelctl` shows. Each function reads one consistent moment over a connection of its own.

absl::StatusOr<std::shared_ptr<const Directory>> ReadDirectory(const std::string& database);

struct RegistrarAccount {
  RegistrarKey registrar = kNoRegistrar;
  Money balance;
  Money credit_limit;
  int64_t poll_messages = 0;  // waiting
  int64_t failed_logins = 0;  // since the last good one
};
// By key.
absl::StatusOr<std::vector<RegistrarAccount>> ReadAccounts(const std::string& database);

// The name or handle of an object, the last one if it is gone; empty if there never was one.
absl::StatusOr<std::string> ReadName(const std::string& database, ObjectKind kind, int64_t object);

struct TldCounts {
  std::string tld;
  int64_t active = 0;
  int64_t redemption = 0;
  int64_t pending_delete = 0;
};
struct FeedLag {
  std::string reader;
  absl::Time seen;      // when it last consumed something, by the database's clock
  int64_t entries = 0;  // not consumed yet
};
struct RegistryStatus {
  int schema_version = 0;
  RegistrySettings settings;
  std::vector<TldCounts> tlds;  // by name; the phases as the rows have them
  int64_t hosts = 0;
  int64_t contacts = 0;
  int64_t calendar_due = 0;    // entries whose time has come, at most 100,000
  absl::Time calendar_oldest;  // InfiniteFuture if the calendar is empty
  int64_t poll_messages = 0;   // waiting
  std::vector<FeedLag> feed;   // by reader
  int64_t database_bytes = 0;
  int64_t backends = 0;  // connections to this database
};
// Counts every domain: seconds for millions.
absl::StatusOr<RegistryStatus> ReadStatus(const std::string& database, absl::Time now);

}  // namespace registry::store
