#pragma once

#include <string>
#include <vector>

#include "absl/time/time.h"
#include "registry/types/keys.h"

namespace registry {

// What a registrar reports of a restore, RFC 3915 section 4.2.5 (<rgp:report>). Kept as it was
// sent; the texts may hold markup.
struct RestoreReport {
  DomainKey domain{};
  std::string pre_data;   // the registration data before the deletion
  std::string post_data;  // ... and now
  absl::Time deleted, restored;
  std::string reason;
  std::vector<std::string> statements;  // one or two
  std::string other;
};

}  // namespace registry
