#include "zonegen/due_domains.h"

#include "registry/net/monotonic.h"
#include "registry/store/delegation_reader.h"

namespace zonegen {
namespace {

constexpr absl::Duration kPoll = absl::Seconds(1);

}  // namespace

absl::StatusOr<std::vector<std::string>> DueDomains::Read(registry::store::Connection& connection,
                                                          std::string_view kept_under,
                                                          absl::Time now, int limit) {
  std::vector<std::string> names;
  if (registry::net::Monotonic() < next_) return names;
  if (now < until_) {
    went_back_ = true;
    until_ = now;
  }
  const auto due = registry::store::ReadDue(connection, until_, now, kept_under, limit);
  if (!due.ok()) return due.status();
  for (const registry::store::DueDomain& domain : *due) names.push_back(domain.name);
  const bool more = std::ssize(*due) == limit && due->back().at > until_;
  until_ = more ? due->back().at - absl::Microseconds(1) : now;
  if (!more) next_ = registry::net::Monotonic() + kPoll;
  return names;
}

}  // namespace zonegen
