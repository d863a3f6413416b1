#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/types/domain_name.h"
#include "tests/support/memory_registry.h"

namespace lives {

// Who says something, and where it is heard.
struct Speaker {
  registry::RegistrarKey asker = registry::kNoRegistrar;
  absl::Time now;
  registry::DomainName domain;  // what is meant if no name is said
  const registry::MemoryRegistry& registry;
};

// The command that the words of a row are: "renew 2y", "transfer request", "update add status
// clientHold"; README.md lists them. `answer` outlives the command, which leaves there what it
// answers beyond a code. Errors say which words are not understood.
absl::StatusOr<registry::AnyCommand> Understand(std::string_view words, const Speaker& speaker,
                                                std::string* answer);

// Words of time passing, with nobody doing anything.
inline constexpr std::string_view kTimePasses = "time passes";

}  // namespace lives
