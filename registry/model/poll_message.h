#pragma once

#include <cstdint>
#include <string>

#include "absl/time/time.h"
#include "registry/types/keys.h"

namespace registry {

// A message in a registrar's queue, RFC 5730 section 2.9.2.3.
struct PollMessage {
  int64_t id = 0;  // given by the database; ascending, what the client acknowledges
  RegistrarKey registrar = kNoRegistrar;
  absl::Time queued;
  std::string text;         // English, shown as <msg>
  std::string object_name;  // the domain, host or contact it is about; may be empty
};

}  // namespace registry
