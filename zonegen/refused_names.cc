#include "zonegen/refused_names.h"

#include "registry/net/monotonic.h"

namespace zonegen {
namespace {

constexpr size_t kMost = 100'000;

}  // namespace

absl::StatusOr<bool> RefusedNames::Add(const std::string& owner) {
  if (again_.size() >= kMost && !again_.contains(owner)) {
    return absl::ResourceExhaustedError("the primary refuses too many names");
  }
  return again_.insert_or_assign(owner, registry::net::Monotonic() + retry_).second;
}

std::vector<std::string> RefusedNames::TakeDue(int64_t limit) {
  std::vector<std::string> due;
  if (again_.empty()) return due;
  const absl::Duration now = registry::net::Monotonic();
  for (auto& [owner, again] : again_) {
    if (std::ssize(due) == limit) break;
    if (now < again) continue;
    again = now + retry_;
    due.push_back(owner);
  }
  return due;
}

}  // namespace zonegen
