#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "registry/store/connection.h"
#include "registry/store/store.h"
#include "registry/types/keys.h"

namespace fill {

inline constexpr int kRegistrars = 40;
inline constexpr int kProviderDoublings = 10;  // of hosting providers: 1023

// Who is there before any domain: registrars with money, a technical contact of each, and hosting
// providers with their name servers (external hosts). By number, from 0.
struct Cast {
  std::vector<registry::RegistrarKey> registrars;
  std::vector<registry::ContactKey> tech_contacts;
  std::vector<std::vector<registry::HostKey>> providers;
};

// Makes what is missing of it, and finds the rest. `reference` as in MadeUpDomains.
absl::StatusOr<Cast> Assemble(registry::store::Store& store,
                              registry::store::Connection& connection, absl::Time reference);

}  // namespace fill
