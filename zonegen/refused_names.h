#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zonegen {

// Names whose records a primary refuses while it takes others. Not thread-safe.
class RefusedNames {
 public:
  // `retry`: each is to be tried again so long after it was refused, or tried.
  explicit RefusedNames(absl::Duration retry) : retry_(retry) {}

  // True: it was not there yet. kResourceExhausted: there are too many.
  absl::StatusOr<bool> Add(const std::string& owner);
  // False: it was not there.
  bool Remove(const std::string& owner) { return again_.erase(owner) > 0; }
  // Those whose turn has come, at most `limit`. They stay.
  std::vector<std::string> TakeDue(int64_t limit);

  bool contains(const std::string& owner) const { return again_.contains(owner); }
  bool empty() const { return again_.empty(); }
  size_t size() const { return again_.size(); }

 private:
  const absl::Duration retry_;
  std::map<std::string, absl::Duration> again_;  // when, by the monotonic clock
};

}  // namespace zonegen
