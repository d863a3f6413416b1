#pragma once

#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/roid.h"

namespace registry::store {

class Session;

// When the clock next does something to which domain or contact. Entries are hints: one may be
// stale, but every object with something to come has one. Not thread-safe; reconnects by itself.
class Calendar {
 public:
  struct Entry {
    absl::Time at;
    ObjectKind kind = ObjectKind::kDomain;
    int64_t object = 0;
  };

  explicit Calendar(const std::string& database);
  ~Calendar();

  // Those that are due, earliest first.
  absl::StatusOr<std::vector<Entry>> Due(absl::Time now, int limit);
  // The instant of the earliest entry; InfiniteFuture if there is none.
  absl::StatusOr<absl::Time> Next();
  // To be called when the entries' objects have been materialized (commands/domain_materialize.h,
  // contact_materialize.h).
  absl::Status Remove(const std::vector<Entry>& entries);

 private:
  std::unique_ptr<Session> session_;
};

}  // namespace registry::store
